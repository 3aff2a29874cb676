import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { agents } from '../../src/agents/list.ts';
import { connectAgent } from '../../src/connect/connect-agent.ts';
import { openJournal } from '../../src/connect/journal.ts';
import { planConnection } from '../../src/connect/plan-connection.ts';
import { restoreAll } from '../../src/connect/restore-all.ts';
import type { Places } from '../../src/core/connection.ts';

const RELAY = 'http://127.0.0.1:7526';
let root: string;
let home: string;
let places: Places;
const claudeFile = () => join(places.userHome, '.claude', 'settings.json');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pw-restore-'));
  home = join(root, 'planward');
  places = { env: {}, userHome: join(root, 'user'), platform: 'linux' };
  mkdirSync(join(places.userHome, '.claude'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function connect(text: string): void {
  writeFileSync(claudeFile(), text);
  const agent = agents.find(({ id }) => id === 'claude-code')!;
  const plan = planConnection({ agent, places, relayOrigin: RELAY, providerIds: ['zai'] });
  if (!plan.ok) throw new Error(plan.message);
  const done = connectAgent(plan, { home, now: 1, newId: () => 'one' });
  if (!done.ok) throw new Error(done.message);
  expect(readFileSync(claudeFile(), 'utf8')).toContain(RELAY);
}

const restore = () => restoreAll({ home, places, agents, now: 2 });
const DIRECT = '{\r\n  // kept\r\n  "env": {"ANTHROPIC_BASE_URL": "https://api.z.ai/api/anthropic"},\r\n}\r\n';

test('what the journal knows is put back byte for byte, and the journal is closed', () => {
  connect(DIRECT);
  expect(restore()).toEqual({
    files: [{ agentId: 'claude-code', path: claudeFile() }],
    shells: [],
    journal: undefined,
  });
  expect(readFileSync(claudeFile(), 'utf8')).toBe(DIRECT);
  expect(openJournal(home).open()).toEqual([]);
});

test('in a file that was changed since only the address is put back', () => {
  connect(DIRECT);
  writeFileSync(claudeFile(), readFileSync(claudeFile(), 'utf8').replace('// kept', '// kept, and changed'));
  restore();
  expect(readFileSync(claudeFile(), 'utf8')).toBe(DIRECT.replace('// kept', '// kept, and changed'));
});

test('a relay address that nobody wrote down becomes the provider’s own', () => {
  writeFileSync(claudeFile(), `{"env": {"ANTHROPIC_BASE_URL": "${RELAY}/@claude-code/zai/api/anthropic"}}`);
  restore();
  expect(readFileSync(claudeFile(), 'utf8')).toBe('{"env": {"ANTHROPIC_BASE_URL": "https://api.z.ai/api/anthropic"}}');
});

test('a file that cannot be understood is left alone and told, with what to do by hand', () => {
  connect(DIRECT);
  writeFileSync(claudeFile(), '{ broken');
  const { files } = restore();
  expect(files).toHaveLength(1);
  expect(files[0]?.trouble?.message).toContain('cannot be understood');
  expect(files[0]?.trouble?.hints.join()).toContain('https://api.z.ai/api/anthropic');
  expect(readFileSync(claudeFile(), 'utf8')).toBe('{ broken');
  expect(openJournal(home).open()).toHaveLength(1);
});

test('with nothing connected nothing is touched, and addresses in shells’ files are named', () => {
  writeFileSync(claudeFile(), DIRECT);
  writeFileSync(join(places.userHome, '.bashrc'), `export ANTHROPIC_BASE_URL=${RELAY}/zai/api/anthropic\n`);
  const { files, shells } = restore();
  expect(files).toEqual([]);
  expect(shells.map(({ line, port }) => [line, port])).toEqual([[1, 7526]]);
  expect(readFileSync(claudeFile(), 'utf8')).toBe(DIRECT);
});
