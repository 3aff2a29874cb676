import { expect, test } from 'vitest';
import type { RelayConnection } from '../../../src/client/watch-relay.ts';
import type { QuotaWindow } from '../../../src/core/quota-window.ts';
import { presentMeter } from '../../../src/extension/present/meter.ts';
import type { MeterTaste, MeterView } from '../../../src/extension/present/meter-view.ts';
import { account, MINUTE, NOW, quotaWindow, snapshot, week } from '../snapshots.ts';
import { chinese, english } from '../voices.ts';

const TASTE: MeterTaste = { format: 'percentAndReset', showRemaining: false, paceWarning: 15 };

function meter(windows: QuotaWindow[], taste: Partial<MeterTaste> = {}, voice = english): MeterView {
  const connection: RelayConnection = { state: 'live', snapshot: snapshot({ accounts: [account({ windows })] }) };
  return presentMeter(voice, connection, { ...TASTE, ...taste }, 7526, NOW);
}

test.each<[string, QuotaWindow[], string, MeterView['tone']]>([
  ['percent and time to the reset', [quotaWindow()], '$(pulse) GLM 62% · 1h 28m', 'normal'],
  ['the window that ends first', [quotaWindow({ usedFraction: 0.1 }), week()], '$(pulse) GLM 23% · 3d 20h', 'normal'],
  ['percent alone where the reset is not known', [quotaWindow({ resetsAt: undefined })], '$(pulse) GLM 62%', 'normal'],
  ['a warning when low', [quotaWindow({ usedFraction: 0.91, level: 'low' })], '$(warning) GLM 91% · 1h 28m', 'warning'],
  [
    'the reset when spent',
    [quotaWindow({ usedFraction: 1, level: 'exhausted' })],
    '$(flame) GLM resets 14:05',
    'error',
  ],
  [
    'the word when spent without a known reset',
    [quotaWindow({ usedFraction: 1, level: 'exhausted', resetsAt: undefined })],
    '$(flame) GLM used up',
    'error',
  ],
  [
    'a stale figure dimmed and with its age',
    [quotaWindow({ seenAt: NOW - 11 * MINUTE })],
    '$(clock) GLM 62% (11 min ago)',
    'dimmed',
  ],
  [
    'our own count undimmed, since it does not age',
    [quotaWindow({ basis: 'ledger', source: 'ledger', seenAt: NOW - 60 * MINUTE })],
    '$(pulse) GLM 62% · 1h 28m',
    'normal',
  ],
  ['no old figure once the window has reset', [quotaWindow({ resetsAt: NOW })], '$(refresh) GLM reset', 'dimmed'],
  [
    'the word unknown, never 0 %',
    [quotaWindow({ usedFraction: undefined, used: undefined, level: 'unknown' })],
    '$(question) GLM usage unknown',
    'dimmed',
  ],
  [
    'what is left of a balance',
    [
      quotaWindow({
        id: 'balance',
        unit: 'usd-micros',
        limit: undefined,
        used: undefined,
        usedFraction: undefined,
        remaining: 3_200_000,
        level: 'unknown',
      }),
    ],
    '$(pulse) GLM $3.20 left',
    'normal',
  ],
  ['the word unknown where a plan has no windows', [], '$(question) GLM usage unknown', 'dimmed'],
])('the live meter shows %s', (_name, windows, text, tone) => {
  expect(meter(windows)).toMatchObject({ text, tone, command: 'planward.showPlanUsage' });
});

test.each<[Partial<MeterTaste>, string]>([
  [{ format: 'percent' }, '$(pulse) GLM 62%'],
  [{ format: 'percent', showRemaining: true }, '$(pulse) GLM 38% left'],
  [{ showRemaining: true }, '$(pulse) GLM 38% left · 1h 28m'],
  [{ format: 'allWindows' }, '$(pulse) GLM 5h 62% · wk 23%'],
  [{ format: 'allWindows', showRemaining: true }, '$(pulse) GLM 5h 38% · wk 77% left'],
])('the meter follows the taste %j', (taste, text) => {
  expect(meter([quotaWindow(), week()], taste).text).toBe(text);
});

const ENDS = { pace: 0.11, outlook: 'runs-out', exhaustsAt: NOW + 44 * MINUTE, confidence: 'fair' } as const;
const BEHIND = { pace: -0.08, outlook: 'lasts', exhaustsAt: undefined, confidence: 'fair', turnsLeft: 9 } as const;

test.each<[string, QuotaWindow, Partial<MeterTaste>, string]>([
  ['bars', quotaWindow(), { format: 'bars' }, '$(pulse) GLM 5h ●●●○○ · wk ●○○○○'],
  ['bars of what is left', quotaWindow(), { format: 'bars', showRemaining: true }, '$(pulse) GLM 5h ●●○○○ · wk ●●●●○'],
  ['the countdown', quotaWindow(), { format: 'countdown' }, '$(pulse) GLM resets in 1h 28m'],
  [
    'the countdown to the end where that comes first',
    quotaWindow({ forecast: { ...ENDS, turnsLeft: 9 } }),
    { format: 'countdown' },
    '$(pulse) GLM ends in 44m',
  ],
  [
    'percent where there is no reset to count to',
    quotaWindow({ resetsAt: undefined }),
    { format: 'countdown' },
    '$(pulse) GLM 62%',
  ],
  ['the pace ahead', quotaWindow({ forecast: { ...ENDS, turnsLeft: 9 } }), { format: 'pace' }, '$(pulse) GLM ▲11'],
  ['the pace behind', quotaWindow({ forecast: BEHIND }), { format: 'pace' }, '$(pulse) GLM ▼8'],
  ['even use', quotaWindow({ forecast: { ...BEHIND, pace: 0.001 } }), { format: 'pace' }, '$(pulse) GLM even'],
  ['percent where no pace is known', quotaWindow(), { format: 'pace' }, '$(pulse) GLM 62%'],
  ['the percent alone', quotaWindow(), { format: 'minimal' }, '$(pulse) 62%'],
  ['a pinned window', quotaWindow(), { pinned: ['week'] }, '$(pulse) GLM 62% · 1h 28m · wk 23%'],
  [
    'a window pinned for its provider',
    quotaWindow(),
    { format: 'percent', pinned: ['zai/week'] },
    '$(pulse) GLM 62% · wk 23%',
  ],
  [
    'nothing pinned for another provider',
    quotaWindow(),
    { format: 'percent', pinned: ['kimi/week'] },
    '$(pulse) GLM 62%',
  ],
  [
    'the tightest window once, pinned or not',
    quotaWindow(),
    { format: 'percent', pinned: ['five-hour'] },
    '$(pulse) GLM 62%',
  ],
  ['peak hours', quotaWindow(), { format: 'percent', showPeak: true }, '$(pulse) GLM 62% · peak'],
])('the meter can show %s', (_name, window, taste, text) => {
  expect(meter([window, week()], taste).text).toBe(text);
});

test('with every window shown the tightest comes first', () => {
  const windows = [quotaWindow({ usedFraction: 0.1 }), week({ usedFraction: 0.8 })];
  expect(meter(windows, { format: 'allWindows' }).text).toBe('$(pulse) GLM wk 80% · 5h 10%');
  expect(meter(windows, { format: 'bars' }).text).toBe('$(pulse) GLM wk ●●●●○ · 5h ●○○○○');
});

test.each<[MeterTaste['format'], string]>([
  ['percent', '$(flame) GLM resets 14:05'],
  ['bars', '$(flame) GLM resets 14:05'],
  ['countdown', '$(flame) GLM resets in 1h 28m'],
  ['minimal', '$(flame) 1h 28m'],
])('once a window is spent the format %s shows the reset, and only then the error colour', (format, text) => {
  const spent = quotaWindow({ usedFraction: 1, level: 'exhausted' });
  expect(meter([spent, week()], { format, pinned: ['week'] })).toMatchObject({ text, tone: 'error' });
  const low = quotaWindow({ usedFraction: 0.99, level: 'low' });
  expect(meter([low, week()], { format })).toMatchObject({
    tone: 'warning',
    text: expect.stringMatching(/^\$\(warning\)/),
  });
});

test('requests on their way are counted where the user wants that', () => {
  const live = { state: 'live', snapshot: snapshot({ accounts: [account({ inFlight: 2 })] }) } as const;
  const view = presentMeter(english, live, { ...TASTE, showInFlight: true }, 7526, NOW);
  expect(view.text).toBe('$(pulse) GLM 62% · 1h 28m $(arrow-swap) 2');
  expect(view.label).toContain('2 in flight.');
});

test('what shows beside the tightest window is read aloud as well', () => {
  expect(meter([quotaWindow(), week()], { pinned: ['week'], showPeak: true }).label).toBe(
    'GLM Coding Plan Pro: 62 percent of the 5-hour window used, resets in 1 hour 28 minutes. 23 percent of the weekly window used. peak hours until 14:00 (full price).',
  );
});

test('the meter is read aloud as one sentence', () => {
  expect(meter([quotaWindow()]).label).toBe(
    'GLM Coding Plan Pro: 62 percent of the 5-hour window used, resets in 1 hour 28 minutes.',
  );
  expect(meter([quotaWindow()], { showRemaining: true }).label).toBe(
    'GLM Coding Plan Pro: 38 percent of the 5-hour window left, resets in 1 hour 28 minutes.',
  );
  expect(meter([quotaWindow()], {}, chinese).label).toBe(
    'GLM Coding Plan Pro：5 小时窗口已用 百分之 62，1小时 28分钟后重置。',
  );
});

test.each<[RelayConnection, string, MeterView['command'], RegExp]>([
  [{ state: 'starting' }, '$(sync~spin) Planward', 'planward.showLog', /is starting/],
  [
    { state: 'lost', reason: 'off' },
    '$(debug-disconnect) Planward: relay off',
    'planward.startRelay',
    /Press to start it/,
  ],
  [
    { state: 'lost', reason: 'port-busy' },
    '$(debug-disconnect) Planward: relay off',
    'planward.startRelay',
    /Port 7526 is used by another program/,
  ],
  [{ state: 'unknown' }, '$(question) Planward: unknown', 'planward.showLog', /looking for the relay/],
  [
    { state: 'unknown', reason: 'other-protocol' },
    '$(question) Planward: unknown',
    'planward.showLog',
    /Update the extension/,
  ],
  [
    { state: 'live', snapshot: snapshot({ accounts: [] }) },
    '$(pulse) Planward',
    'planward.showPlanUsage',
    /waits for the first request/,
  ],
])('the connection %j is told in text, click and sentence', (connection, text, command, label) => {
  const view = presentMeter(english, connection, TASTE, 7526, NOW);
  expect([view.text, view.command]).toEqual([text, command]);
  expect(view.label).toMatch(label);
});

test('a figure of a relay that is gone is not shown as if it were live', () => {
  const view = presentMeter(english, { state: 'lost', reason: 'off', snapshot: snapshot() }, TASTE, 7526, NOW);
  expect(view.text).not.toContain('%');
});
