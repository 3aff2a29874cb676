import { expect, test } from 'vitest';
import { alertMarks, decideAlerts, NO_MEMORY } from '../../src/core/plan-alert.ts';
import type { AlertMemory, AlertRules, PlanAlert } from '../../src/core/plan-alert.ts';
import type { Forecast } from '../../src/core/forecast.ts';
import type { QuotaWindow } from '../../src/core/quota-window.ts';
import { account, DAY, HOUR, MINUTE, NOW, quotaWindow, week } from '../extension/snapshots.ts';

const RULES: AlertRules = {
  thresholds: [0.8, 0.95, 1],
  windowThresholds: {},
  predictive: true,
  predictiveLeadMs: 15 * MINUTE,
  resets: true,
};
const RESET = NOW + 3 * HOUR;
const ENDS: Forecast = {
  pace: 0.3,
  outlook: 'runs-out',
  exhaustsAt: RESET - 40 * MINUTE,
  confidence: 'fair',
  turnsLeft: 9,
};

/** One VS Code window that looks again and again; each look says what was told, as `kind threshold`. */
function watcher(rules: Partial<AlertRules> = {}) {
  let memory: AlertMemory = NO_MEMORY;
  const alerts: PlanAlert[] = [];
  return {
    alerts,
    look(usedFraction: number | undefined, minutes = 0, over: Partial<QuotaWindow> = {}, muted = false): string[] {
      const now = NOW + minutes * MINUTE;
      const window = quotaWindow({ usedFraction, resetsAt: RESET, seenAt: now, ...over });
      const decided = decideAlerts(memory, [account({ windows: [window] })], { ...RULES, ...rules }, now, muted);
      memory = decided.memory;
      alerts.push(...decided.alerts);
      return decided.alerts.map(({ kind, threshold }) => (threshold === undefined ? kind : `${kind} ${threshold}`));
    },
  };
}

test('the first reading is a baseline and never alerts, whatever it says', () => {
  const { look } = watcher();
  expect(look(1, 0, { level: 'exhausted', forecast: ENDS })).toEqual([]);
  expect(look(1, 1, { level: 'exhausted' })).toEqual([]);
});

test('a threshold is told when it is passed, once, and the highest only', () => {
  const { look } = watcher();
  expect(look(0.5)).toEqual([]);
  expect(look(0.8, 1)).toEqual(['threshold 0.8']);
  expect(look(0.85, 2)).toEqual([]);
  expect(look(0.79, 3)).toEqual([]);
  expect(look(0.82, 4)).toEqual([]);
  expect(look(1, 5)).toEqual(['threshold 1']);
  expect(look(0.96, 6)).toEqual([]);
});

test('a window the provider calls spent has passed every threshold, whatever its figure', () => {
  const { look } = watcher();
  look(0.5);
  expect(look(0.97, 1, { level: 'exhausted' })).toEqual(['threshold 1']);
});

test('the next cycle tells its thresholds again, and the reset where one had been passed', () => {
  const { look } = watcher();
  look(0.5);
  look(0.9, 1);
  const next = { resetsAt: RESET + 5 * HOUR };
  expect(look(0.02, 2, next)).toEqual(['reset']);
  expect(look(0.85, 3, next)).toEqual(['threshold 0.8']);
});

test('a reset of a window that was hardly used is not told', () => {
  const { look } = watcher();
  look(0.5);
  expect(look(0.02, 1, { resetsAt: RESET + 5 * HOUR })).toEqual([]);
});

test('a reset that drifts by minutes is the same cycle', () => {
  const { look } = watcher();
  look(0.7);
  expect(look(0.81, 1)).toEqual(['threshold 0.8']);
  for (let i = 0; i < 20; i++) expect(look(0.82, 2, { resetsAt: RESET + i * MINUTE })).toEqual([]);
});

test('an allowance that is given back early begins a new cycle, also where no reset is named', () => {
  const { look } = watcher({ resets: false });
  look(0.7, 0, { resetsAt: undefined });
  expect(look(0.81, 1, { resetsAt: undefined })).toEqual(['threshold 0.8']);
  expect(look(0.1, 2, { resetsAt: undefined })).toEqual([]);
  expect(look(0.83, 3, { resetsAt: undefined })).toEqual(['threshold 0.8']);
});

test('a reset that has passed is told by the clock, once, and not again with the first figure after it', () => {
  const { look } = watcher();
  look(1, 0, { level: 'exhausted' });
  look(1, 178);
  const old = { seenAt: NOW };
  expect(look(1, 180, old)).toEqual(['reset']);
  expect(look(1, 181, old)).toEqual([]);
  expect(look(0.01, 182, { resetsAt: RESET + 5 * HOUR })).toEqual([]);
});

test('a clock that jumps ahead is believed at the second look, and one that jumps back tells nothing twice', () => {
  const { look } = watcher();
  look(0.97);
  const old = { seenAt: NOW };
  expect(look(0.97, 400, old)).toEqual([]);
  expect(look(0.97, 1)).toEqual([]);
  expect(look(0.97, 2)).toEqual([]);
  expect(look(1, 3)).toEqual(['threshold 1']);
  expect(look(1, -60)).toEqual([]);
  expect(look(1, 400, old)).toEqual([]);
  expect(look(1, 401, old)).toEqual(['reset']);
});

test('what runs out well before the reset is told once it was foreseen for three minutes, once a cycle', () => {
  const { look } = watcher();
  look(0.3);
  expect(look(0.4, 1, { forecast: ENDS })).toEqual([]);
  expect(look(0.41, 3, { forecast: ENDS })).toEqual([]);
  expect(look(0.42, 4, { forecast: ENDS })).toEqual(['predictive']);
  expect(look(0.43, 5)).toEqual([]);
  expect(look(0.5, 9, { forecast: ENDS })).toEqual([]);
  expect(look(0.5, 20, { forecast: ENDS })).toEqual([]);
});

test('a pace that recovers in between starts the three minutes anew', () => {
  const { look } = watcher();
  look(0.3);
  look(0.4, 1, { forecast: ENDS });
  look(0.4, 3, { forecast: { ...ENDS, outlook: 'lasts', exhaustsAt: undefined } });
  expect(look(0.42, 5, { forecast: ENDS })).toEqual([]);
  expect(look(0.42, 8, { forecast: ENDS })).toEqual(['predictive']);
});

test.each<[string, Partial<Forecast>, Partial<AlertRules>]>([
  ['of low confidence', { confidence: 'low' }, {}],
  ['minutes before the reset', { exhaustsAt: RESET - 5 * MINUTE }, {}],
  ['that nobody wants to hear', {}, { predictive: false }],
])('a run-out %s is not told', (_name, over, rules) => {
  const { look } = watcher(rules);
  look(0.3);
  expect([1, 5, 9].flatMap((at) => look(0.4, at, { forecast: { ...ENDS, ...over } }))).toEqual([]);
});

test('a run-out that stood at the baseline is not told, since a new VS Code window would tell it each time', () => {
  const { look } = watcher();
  expect([0, 2, 4, 8].flatMap((at) => look(0.4, at, { forecast: ENDS }))).toEqual([]);
});

test('a threshold says when the window runs out, so that is not told on top', () => {
  const { look } = watcher();
  look(0.7);
  look(0.75, 1, { forecast: ENDS });
  expect(look(0.82, 5, { forecast: ENDS })).toEqual(['threshold 0.8']);
  expect(look(0.83, 9, { forecast: ENDS })).toEqual([]);
});

test('while muted nothing is told, and afterwards what still stands', () => {
  const { look } = watcher();
  look(0.5);
  expect(look(0.85, 1, {}, true)).toEqual([]);
  expect(look(0.96, 2, {}, true)).toEqual([]);
  expect(look(0.96, 3)).toEqual(['threshold 0.95']);
});

test('what was passed while muted and has reset since is told by nobody', () => {
  const { look } = watcher({ resets: false });
  look(0.5);
  look(0.99, 1, {}, true);
  const next = { resetsAt: RESET + 5 * HOUR };
  look(0.01, 2, next, true);
  expect(look(0.02, 3, next)).toEqual([]);
});

test.each<[string, Partial<QuotaWindow>]>([
  ['stale', { seenAt: NOW - 20 * MINUTE }],
  ['of a model nobody uses now', { model: 'opus', inUse: false }],
  ['not known', { usedFraction: undefined }],
])('a figure that is %s alerts nobody', (_name, over) => {
  const { look } = watcher();
  look(0.5);
  expect(look(0.99, 1, over)).toEqual([]);
});

test('a window of its own thresholds goes by those, and one with none is silent', () => {
  const own = watcher({ windowThresholds: { 'five-hour': [0.6] } });
  own.look(0.5);
  expect(own.look(0.99, 1)).toEqual(['threshold 0.6']);
  const silent = watcher({ windowThresholds: { 'five-hour': [] } });
  silent.look(0.5);
  expect(silent.look(0.99, 1)).toEqual([]);
});

test('windows and accounts are told apart', () => {
  const at = (fraction: number) =>
    ['a1', 'b2'].map((accountKey) =>
      account({ accountKey, windows: [quotaWindow({ usedFraction: fraction }), week({ usedFraction: fraction })] }),
    );
  const { memory } = decideAlerts(NO_MEMORY, at(0.5), RULES, NOW);
  const { alerts } = decideAlerts(memory, at(0.9), RULES, NOW + MINUTE);
  expect(alerts.map((alert) => `${alert.account.accountKey} ${alert.window.id}`)).toEqual([
    'a1 five-hour',
    'a1 week',
    'b2 five-hour',
    'b2 week',
  ]);
  expect(new Set(alerts.map((alert) => alertMarks(alert).claim)).size).toBe(4);
});

test('two VS Code windows that read a reset seconds apart claim the same, and the next cycle another', () => {
  const marks = (resetsAt: number) => {
    const { look, alerts } = watcher();
    look(0.5, 0, { resetsAt });
    look(0.9, 1, { resetsAt });
    return alertMarks(alerts[0]!);
  };
  for (let offset = 0; offset < 5 * HOUR; offset += 7 * MINUTE) {
    const one = marks(RESET + offset);
    const other = marks(RESET + offset + 40_000);
    expect(other.taken).toContain(one.claim);
    expect(one.taken).toContain(other.claim);
    expect(marks(RESET + offset + 5 * HOUR).taken).not.toContain(one.claim);
  }
});

test('a weekly window tells as well, days before its reset', () => {
  const windows = (usedFraction: number) => [week({ usedFraction, resetsAt: NOW + 3 * DAY })];
  const { memory } = decideAlerts(NO_MEMORY, [account({ windows: windows(0.7) })], RULES, NOW);
  const { alerts } = decideAlerts(memory, [account({ windows: windows(0.8) })], RULES, NOW + MINUTE);
  expect(alerts).toMatchObject([{ kind: 'threshold', threshold: 0.8, cycleResetsAt: NOW + 3 * DAY }]);
});
