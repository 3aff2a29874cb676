import { expect, test } from 'vitest';
import type { RelayConnection } from '../../../src/client/watch-relay.ts';
import type { Forecast } from '../../../src/core/forecast.ts';
import type { Snapshot } from '../../../src/core/snapshot.ts';
import { sayOutlook, sayTurnsLeft } from '../../../src/extension/present/forecast-words.ts';
import { presentHover } from '../../../src/extension/present/hover.ts';
import { presentMeter } from '../../../src/extension/present/meter.ts';
import { presentPlans } from '../../../src/extension/present/plan-nodes.ts';
import { account, agent, MINUTE, NOW, quotaWindow, snapshot, week } from '../snapshots.ts';
import { english } from '../voices.ts';

const forecast = (over: Partial<Forecast> = {}): Forecast => ({
  pace: 0.11,
  outlook: 'runs-out',
  exhaustsAt: NOW + 44 * MINUTE,
  confidence: 'fair',
  turnsLeft: 17,
  ...over,
});
const taste = { format: 'percentAndReset', showRemaining: false, paceWarning: 15 } as const;
const live = (over: Partial<Snapshot>): RelayConnection => ({ state: 'live', snapshot: snapshot(over) });
const meter = (given: Forecast, over: Partial<typeof taste> = {}) =>
  presentMeter(
    english,
    live({ accounts: [account({ windows: [quotaWindow({ forecast: given })] })] }),
    { ...taste, ...over },
    7526,
    NOW,
  );

test('the meter shows how far ahead of even use the window is, and says it', () => {
  const { text, tone, label } = meter(forecast());
  expect([text, tone]).toEqual(['$(pulse) GLM 62% ▲11 · 1h 28m', 'normal']);
  expect(label).toBe(
    'GLM Coding Plan Pro: 62 percent of the 5-hour window used, resets in 1 hour 28 minutes, 11 points ahead of even use.',
  );
});

test('reserve is told to the ear and in the tree, and takes no room in the bar', () => {
  const { text, label } = meter(forecast({ pace: -0.2, outlook: 'lasts', exhaustsAt: undefined }));
  expect(text).toBe('$(pulse) GLM 62% · 1h 28m');
  expect(label).toContain('20 points behind even use');
});

test.each([
  [0.15, 15, 'warning'],
  [0.144, 15, 'normal'],
  [0.5, 0, 'normal'],
])('%f ahead with the threshold at %i is %s', (pace, paceWarning, tone) => {
  expect(meter(forecast({ pace }), { paceWarning: paceWarning as 15 }).tone).toBe(tone);
});

test.each<[string, Partial<Forecast>, string | undefined]>([
  ['ends early', {}, 'At this pace: the 5-hour window ends 13:21, 44 min before its reset (fair confidence)'],
  [
    'lasts',
    { outlook: 'lasts', exhaustsAt: undefined, confidence: 'good' },
    'At this pace: the 5-hour window lasts until its reset (good confidence)',
  ],
  ['cannot be told', { outlook: 'unknown', exhaustsAt: undefined }, undefined],
])('a window that %s', (_name, over, said) => {
  expect(sayOutlook(english, quotaWindow({ forecast: forecast(over) }), NOW)).toBe(said);
});

test('nothing is foretold from an old figure or a spent window', () => {
  const old = quotaWindow({ forecast: forecast(), seenAt: NOW - 11 * MINUTE });
  expect(sayOutlook(english, old, NOW)).toBeUndefined();
  expect(sayTurnsLeft(english, old, NOW)).toBeUndefined();
  expect(sayOutlook(english, quotaWindow({ forecast: forecast(), level: 'exhausted' }), NOW)).toBeUndefined();
});

test.each([
  [17, 'About 17 more turns like the last ones'],
  [1, 'About one more turn like the last ones'],
  [0, 'Less than one more turn like the last ones'],
])('%i turns left', (turnsLeft, said) => {
  expect(sayTurnsLeft(english, quotaWindow({ forecast: forecast({ turnsLeft }) }), NOW)).toBe(said);
});

test('the hover says outlook, turns and shares of the tightest window, and any other that ends early', () => {
  const attribution = {
    of: 'used',
    elsewhere: 0.09,
    byAgent: [
      { id: 'claude-code', fraction: 0.71 },
      { id: 'cline', fraction: 0.2 },
    ],
    byModel: [],
    byKind: [],
  } as const;
  const windows = [
    quotaWindow({ forecast: forecast(), attribution }),
    week({ forecast: forecast({ exhaustsAt: NOW + 60 * MINUTE }) }),
  ];
  const agents = [agent(), agent({ agentId: 'cline', agentName: 'Cline' })];
  const text = presentHover(english, live({ accounts: [account({ windows })], agents }), 7526, NOW).replaceAll(
    '\\',
    '',
  );
  expect(text).toContain('At this pace: the 5-hour window ends 13:21, 44 min before its reset (fair confidence)');
  expect(text).toContain('At this pace: the weekly window ends 13:37');
  expect(text).toContain('About 17 more turns like the last ones');
  expect(text).toContain('Claude Code 71% · Cline 20% · not through the relay 9%');
});

test('where no rate can be told the hover says the pace', () => {
  const windows = [quotaWindow({ forecast: forecast({ outlook: 'unknown', exhaustsAt: undefined }) })];
  const text = presentHover(english, live({ accounts: [account({ windows })] }), 7526, NOW);
  expect(text).toContain('11 points ahead of even use');
  expect(text).not.toContain('At this pace');
});

test('the tooltip of a window carries forecast, shares, cost and every source', () => {
  const windows = [
    quotaWindow({
      forecast: forecast(),
      cost: { usdMicros: 1_200_000, complete: false, unpriced: ['x'] },
      sources: [
        { source: 'usage-api', usedFraction: 0.62, seenAt: NOW - 2 * MINUTE },
        { source: 'header', usedFraction: 0.61, seenAt: NOW },
      ],
    }),
  ];
  const [plan] = presentPlans(english, snapshot({ accounts: [account({ windows })] }), NOW);
  const tooltip = plan?.children?.[0]?.tooltip?.replaceAll('\\', '');
  expect(plan?.children?.[0]?.description).toBe('62% · ▲11 · resets 14:05');
  expect(tooltip).toContain('11 points ahead of even use');
  expect(tooltip).toContain('At API prices: at least $1.20');
  expect(tooltip).toContain('usage API 62%, 2 min ago · response header 61%, just now');
});

const lane = {
  providerId: 'zai',
  accountKey: 'a1',
  model: 'glm-4.7',
  slots: 2,
  inFlight: 3,
  waiting: 1,
  restUntilAt: 0,
};

test('while the pacer holds requests the meter shows its queue, and says both', () => {
  const { text, label } = presentMeter(english, live({ paced: [lane] }), taste, 7526, NOW);
  expect(text).toBe('$(sync~spin) GLM 3/2 waiting 1');
  expect(label).toMatch(/62 percent.*slowed down: 3 in flight, slots 2, 1 waiting\.$/);
});

test('a queue in which nobody waits leaves the figure', () => {
  expect(presentMeter(english, live({ paced: [{ ...lane, waiting: 0 }] }), taste, 7526, NOW).text).toBe(
    '$(pulse) GLM 62% · 1h 28m',
  );
});

test('requests that a paused agent holds are counted', () => {
  const agents = [agent({ paused: true, held: 2 })];
  const { text, label } = presentMeter(english, live({ agents }), taste, 7526, NOW);
  expect(text).toBe('$(pulse) GLM 62% · 1h 28m $(debug-pause) 2');
  expect(label).toContain('Claude Code paused, 2 held.');
});

test('a stopped key is an error that a click explains', () => {
  const stopped = [{ providerId: 'zai', accountKey: 'a1', code: '1313', since: NOW }];
  const { text, tone, command } = presentMeter(english, live({ stopped }), taste, 7526, NOW);
  expect([text, tone, command]).toEqual(['$(error) GLM stopped (1313)', 'error', 'planward.liftStop']);
});

test('the user’s own name of an account stands behind its plan', () => {
  const [plan] = presentPlans(english, snapshot({ accounts: [account({ label: 'work' })] }), NOW);
  expect(plan?.label).toBe('GLM Coding Plan Pro · work');
});
