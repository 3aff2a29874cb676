import { expect, test } from 'vitest';
import type { PlanAlert } from '../../../src/core/plan-alert.ts';
import { presentPlanAlert } from '../../../src/extension/present/plan-alert.ts';
import { COMMANDS } from '../../../src/extension/registry/commands.ts';
import { account, MINUTE, NOW, quotaWindow } from '../snapshots.ts';
import { chinese, english } from '../voices.ts';

const forecast = {
  pace: 0.3,
  outlook: 'runs-out',
  exhaustsAt: NOW + 44 * MINUTE,
  confidence: 'fair',
  turnsLeft: undefined,
} as const;

const alert = (over: Partial<PlanAlert> = {}): PlanAlert => ({
  kind: 'threshold',
  account: account(),
  window: quotaWindow({ usedFraction: 0.81 }),
  threshold: 0.8,
  cycleResetsAt: NOW + 88 * MINUTE,
  ...over,
});
const say = (over: Partial<PlanAlert>, voice = english) => presentPlanAlert(voice, alert(over), false, NOW).text;

test.each<[string, Partial<PlanAlert>, string]>([
  ['a threshold', {}, 'GLM Coding Plan Pro: 81% of the 5-hour window used, resets 14:05 (in 1 h 28 m).'],
  [
    'a threshold of a window that runs out',
    { window: quotaWindow({ usedFraction: 0.81, forecast }) },
    'GLM Coding Plan Pro: 81% of the 5-hour window used, resets 14:05 (in 1 h 28 m). At this pace: the 5-hour window ends 13:21, 44 min before its reset (fair confidence).',
  ],
  [
    'a spent window',
    { window: quotaWindow({ usedFraction: 1, level: 'exhausted' }), threshold: 1 },
    'GLM Coding Plan Pro: the 5-hour window is used up, resets 14:05 (in 1 h 28 m).',
  ],
  [
    'a run-out',
    { kind: 'predictive', window: quotaWindow({ forecast }), threshold: undefined },
    'GLM Coding Plan Pro. At this pace: the 5-hour window ends 13:21, 44 min before its reset (fair confidence).',
  ],
  ['a reset', { kind: 'reset', threshold: undefined }, 'GLM Coding Plan Pro: the 5-hour window has reset.'],
])('%s is told in one sentence with its figures', (_name, over, text) => {
  expect(say(over)).toBe(text);
});

test('the same in Chinese', () => {
  expect(say({}, chinese)).toBe('GLM Coding Plan Pro：5 小时窗口已用 81%，22:05 重置（1 小时 28 分后）。');
});

test('names from outside bring no link, icon or line into the notification', () => {
  const evil = '[x](command:workbench.action.quit) $(flame)\n[y](https://evil.example)';
  const text = say({
    account: account({ planName: evil, label: evil }),
    window: quotaWindow({ id: evil, model: evil, windowMs: undefined }),
  });
  expect(text).toContain('[x]');
  expect(text).not.toContain('](');
  expect(text).not.toContain('$(');
  expect(text).not.toContain('\n');
});

test('buttons are commands that exist; slowing down is offered where it helps', () => {
  const ids: readonly string[] = COMMANDS.map(({ id }) => id);
  const offered = (over: Partial<PlanAlert>, paced = false) =>
    presentPlanAlert(english, alert(over), paced, NOW).buttons.flatMap(({ command }) => command ?? []);
  expect(offered({}).filter((id) => !ids.includes(id))).toEqual([]);
  expect(offered({})).toContain('planward.slowDown');
  expect(offered({}, true)).not.toContain('planward.slowDown');
  expect(offered({ window: quotaWindow({ level: 'exhausted' }) })).not.toContain('planward.slowDown');
  expect(offered({ kind: 'reset' })).toEqual(['planward.showPlanUsage', 'planward.snoozeAlerts']);
  expect(presentPlanAlert(english, alert({ kind: 'reset' }), false, NOW).severity).toBe('information');
});
