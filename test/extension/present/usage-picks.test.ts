import { expect, test } from 'vitest';
import { presentUsagePicks } from '../../../src/extension/present/usage-picks.ts';
import { COMMANDS } from '../../../src/extension/registry/commands.ts';
import { incident } from '../incidents.ts';
import { account, agent, exchange, HOUR, NOW, quotaWindow, snapshot } from '../snapshots.ts';
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
    'Agents',
    'Latest requests',
    'Actions',
  ]);
  expect(picks[1]).toEqual({
    kind: 'line',
    id: 'zai/a1/five-hour',
    label: '5 hours',
    description: '62% · 7,440 / 12,000 credits · resets 14:05 (in 1 h 28 m)',
    detail: '███████░░░░░  usage API, 2 min ago; our own count agrees within 1%',
    command: 'planward.flipUsage',
    stays: true,
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
  expect(picks.flatMap(({ command, stays }) => (stays ? [] : (command ?? [])))[0]).toBe('planward.explainLastError');
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

test('Enter on a window turns used into left and the list stays open', () => {
  const live = { state: 'live', snapshot: snapshot() } as const;
  const row = (showRemaining: boolean) =>
    presentUsagePicks(english, live, 7526, NOW, { showRemaining }).find(({ id }) => id === 'zai/a1/five-hour');
  expect(row(false)).toMatchObject({ command: 'planward.flipUsage', stays: true });
  expect(row(true)?.description).toMatch(/^38% left · 4,560 \/ 12,000 credits · /);
  expect(row(true)?.detail).toMatch(/^█████░░░░░░░ /);
});

test('a window without a figure has nothing to turn', () => {
  const windows = [quotaWindow({ usedFraction: undefined, used: undefined })];
  const live = { state: 'live', snapshot: snapshot({ accounts: [account({ windows })] }) } as const;
  const row = presentUsagePicks(english, live, 7526, NOW).find(({ id }) => id === 'zai/a1/five-hour');
  expect(row?.description).toContain('unknown');
  expect(row?.command).toBeUndefined();
});

test('the list says who is paused, how many wait, what is stopped, the peak and until when alerts are off', () => {
  const shown = snapshot({
    agents: [agent({ paused: true, held: 2, inFlight: 0 })],
    stopped: [{ providerId: 'zai', accountKey: 'a1', code: '1313', since: NOW }],
  });
  const picks = presentUsagePicks(english, { state: 'live', snapshot: shown }, 7526, NOW, undefined, NOW + HOUR);
  const labels = picks.map(({ label }) => label);
  expect(picks.find(({ id }) => id === 'agent/zai/claude-code')).toMatchObject({
    label: '$(debug-pause) Claude Code',
    description: 'paused · 2 waiting · just now',
  });
  expect(labels).toContain('$(error) All traffic of this key is stopped after error 1313.');
  expect(labels).toContain('$(clock) peak hours until 14:00 (full price)');
  expect(picks.find(({ command }) => command === 'planward.snoozeAlerts')?.description).toBe('off until 13:37');
  const offered = picks.map(({ command }) => command);
  expect(offered).toEqual(
    expect.arrayContaining(['planward.liftStop', 'planward.resumeAgent', 'planward.openDashboard']),
  );
});
