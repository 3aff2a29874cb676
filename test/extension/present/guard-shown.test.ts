import { expect, test } from 'vitest';
import type { GuardStanding } from '../../../src/core/snapshot.ts';
import { presentHover } from '../../../src/extension/present/hover.ts';
import { presentMeter } from '../../../src/extension/present/meter.ts';
import { presentPlans } from '../../../src/extension/present/plan-nodes.ts';
import { account, HOUR, NOW, snapshot } from '../snapshots.ts';
import { english } from '../voices.ts';

const TASTE = { format: 'percentAndReset', showRemaining: false, paceWarning: 15 } as const;
const GUARD: GuardStanding = {
  providerId: 'zai',
  accountKey: 'a1',
  stop: 'budget',
  windowId: 'five-hour',
  untilAt: NOW + HOUR,
  held: 2,
  lifted: false,
};
const live = (over: Parameters<typeof snapshot>[0]) =>
  ({ state: 'live', snapshot: snapshot({ accounts: [account()], ...over }) }) as Parameters<typeof presentMeter>[1];

test('a guard that holds requests takes the meter over, with when it ends and how many wait, and a click lifts it', () => {
  const meter = presentMeter(english, live({ guarded: [GUARD] }), TASTE, 7526, NOW);
  expect(meter.text).toBe('$(watch) GLM on hold until 13:37 $(debug-pause) 2');
  expect(meter.command).toBe('planward.liftGuard');
  expect(meter.label).toContain('Your guard for the 5-hour window holds requests until 13:37; 2 waiting. Press');
});

test('a lifted guard leaves the meter alone and stands in the hover', () => {
  const given = live({ guarded: [{ ...GUARD, held: 0, lifted: true }] });
  expect(presentMeter(english, given, TASTE, 7526, NOW).text).toMatch(/^\$\(pulse\) GLM 62%/);
  const hover = presentHover(english, given, 7526, NOW);
  expect(hover).toMatch(/Your guard is lifted until 13.{1,6}37/);
  expect(hover).not.toContain('command:planward.liftGuard');
});

test('the hover says what the guard does and links to lifting it; the plan’s row is marked', () => {
  const given = live({ guarded: [GUARD] });
  expect(presentHover(english, given, 7526, NOW)).toContain('command:planward.liftGuard');
  const [plan] = presentPlans(english, given.snapshot, NOW);
  expect([plan!.context, plan!.description]).toEqual(['plan.guarded', expect.stringContaining('on hold')]);
});

test('a provider that is slowed down is marked also while nobody waits, with the way back in the hover', () => {
  const given = live({ pacedProviders: ['zai'] });
  const meter = presentMeter(english, given, TASTE, 7526, NOW);
  expect(meter.text).toMatch(/\$\(list-ordered\)$/);
  expect(meter.label).toContain('Slowed down');
  expect(presentHover(english, given, 7526, NOW)).toContain('command:planward.stopSlowingDown');
  expect(presentMeter(english, live({ pacedProviders: ['kimi'] }), TASTE, 7526, NOW).text).not.toContain(
    'list-ordered',
  );
});
