import { expect, test } from 'vitest';
import type { Attribution, Part } from '../../../src/core/attribution.ts';
import type { Snapshot } from '../../../src/core/snapshot.ts';
import { sayFolderShares, sayKindShares, saySessionShares } from '../../../src/extension/present/share-words.ts';
import { NOW, snapshot } from '../snapshots.ts';
import { english } from '../voices.ts';

const shares = (over: Partial<Attribution>): Attribution => ({
  of: 'used',
  elsewhere: 0,
  byAgent: [],
  byModel: [],
  byKind: [],
  bySession: [],
  byWorkspace: [],
  ...over,
});
const UNKNOWN: readonly Part[] = [{ id: 'unknown', fraction: 1 }];
const seen: Snapshot = snapshot({
  workspaces: [{ workspaceKey: 'folder-key', name: 'planward', lastAt: NOW }],
  sessions: [
    { sessionKey: 'session-key', agentId: 'claude-code', workspaceKey: 'folder-key', firstAt: NOW, lastAt: NOW },
  ],
});

test('folders are named by their last name, and by their key where it is not known any more', () => {
  const byWorkspace = [
    { id: 'folder-key', fraction: 0.6 },
    { id: 'gone-key', fraction: 0.3 },
    { id: 'unknown', fraction: 0.1 },
  ];
  const said = sayFolderShares(english, seen, shares({ byWorkspace }));
  expect(said).toBe('Folders: planward 60% · folder gone 30% · unknown 10%');
  expect(sayFolderShares(english, seen, shares({ byWorkspace: UNKNOWN }))).toBeUndefined();
  expect(sayFolderShares(english, seen, undefined)).toBeUndefined();
});

test('sessions are named by their agent and beginning', () => {
  const bySession = [
    { id: 'session-key', fraction: 0.75 },
    { id: 'gone-key', fraction: 0.15 },
    { id: 'other', fraction: 0.1 },
  ];
  const said = saySessionShares(english, seen, shares({ bySession }), NOW);
  expect(said).toMatch(/^Sessions: .+ since \d\d:\d\d 75% · session gone 15% · others 10%$/);
  expect(saySessionShares(english, seen, shares({ bySession: UNKNOWN }), NOW)).toBeUndefined();
});

test('work without a person is told apart from turns, helpers and side requests', () => {
  const byKind = [
    { id: 'main', fraction: 0.4 },
    { id: 'sub-agent', fraction: 0.3 },
    { id: 'scheduled', fraction: 0.2 },
    { id: 'overhead', fraction: 0.1 },
  ];
  expect(sayKindShares(english, shares({ byKind }))).toBe(
    'main turns 40% · sub-agents 30% · scheduled jobs 20% · titles and summaries 10%',
  );
});
