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
