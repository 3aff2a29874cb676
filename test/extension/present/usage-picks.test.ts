import { expect, test } from 'vitest';
import { presentUsagePicks } from '../../../src/extension/present/usage-picks.ts';
import { COMMANDS } from '../../../src/extension/registry/commands.ts';
import { incident } from '../incidents.ts';
import { account, exchange, NOW, quotaWindow, snapshot } from '../snapshots.ts';
import { english } from '../voices.ts';

test('plan usage lists windows per plan, latest requests and what can be done', () => {
  const error = { code: '1302', type: undefined, message: 'Rate limit\nreached', inStream: false };
  const picks = presentUsagePicks(
    english,
    { state: 'live', snapshot: snapshot({ recent: [exchange({ status: 429, error })] }) },
    7526,
    NOW,
  );
  expect(picks.filter(({ kind }) => kind === 'separator').map(({ label }) => label)).toEqual([
    'GLM Coding Plan Pro',
    'Latest requests',
    'Actions',
  ]);
  expect(picks[1]).toEqual({
    kind: 'line',
    id: 'zai/a1/five-hour',
    label: '5 hours',
    description: '62% · 7,440 / 12,000 credits · resets 14:05 (in 1 h 28 m)',
    detail: '███████░░░░░  usage API, 2 min ago; our own count agrees within 1%',
  });
  expect(picks.find(({ label }) => label.endsWith('glm-4.7'))).toMatchObject({
    label: '$(error) glm-4.7',
    detail: 'Rate limit reached',
  });
});

test.each(['lost', 'live'] as const)('every action of a %s relay is a command that exists', (state) => {
  const picks = presentUsagePicks(english, { state, snapshot: snapshot() }, 7526, NOW);
  const ids: readonly string[] = COMMANDS.map(({ id }) => id);
  const offered = picks.flatMap(({ command }) => command ?? []);
  expect(offered.length).toBeGreaterThan(2);
  expect(offered.filter((command) => !ids.includes(command))).toEqual([]);
  expect(offered).toContain(state === 'lost' ? 'planward.startRelay' : 'planward.restartRelay');
  expect(offered.includes('planward.slowDown')).toBe(state === 'live');
  expect(offered).not.toContain('planward.explainLastError');
});

test('after an incident the first action explains it, and the forecast stands below the windows', () => {
  const forecast = {
    pace: 0.11,
    outlook: 'lasts',
    exhaustsAt: undefined,
    confidence: 'good',
    turnsLeft: 17,
  } as const;
  const shown = snapshot({ incidents: [incident()], accounts: [account({ windows: [quotaWindow({ forecast })] })] });
  const picks = presentUsagePicks(english, { state: 'live', snapshot: shown }, 7526, NOW);
  expect(picks.flatMap(({ command }) => command ?? [])[0]).toBe('planward.explainLastError');
  expect(picks.map(({ label }) => label)).toContain('$(telescope) About 17 more turns like the last ones');
});

test('every line has its own id, so that the selection stays on it', () => {
  const shown = snapshot({
    accounts: [account(), account({ accountKey: 'b2', windows: [] })],
    recent: [exchange(), exchange({ id: '2' })],
  });
  const ids = presentUsagePicks(english, { state: 'live', snapshot: shown }, 7526, NOW)
    .filter(({ kind }) => kind === 'line')
    .map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('without a relay the first line says why', () => {
  expect(presentUsagePicks(english, { state: 'lost', reason: 'off' }, 7526, NOW)[0]?.label).toContain(
    'The relay is off.',
  );
});
