import { expect, test, vi } from 'vitest';
import type { Guard } from '../../../src/core/guard.ts';
import type { QuotaWindow } from '../../../src/core/quota-window.ts';
import type { Notice } from '../../../src/core/snapshot.ts';
import { createGuardDesk } from '../../../src/relay/admission/guard-desk.ts';
import { aWindow, HOUR, NOW } from './a-window.ts';

/** A desk on a clock of its own; `pass` moves it and runs what falls due. */
function aDesk(start: { guard?: Guard; windows?: readonly QuotaWindow[]; maxWaitMs?: number }) {
  const state = { now: NOW, guard: start.guard, windows: start.windows ?? [aWindow()] };
  const timers = new Set<{ readonly at: number; readonly work: () => void }>();
  const notices: Notice[] = [];
  const onChange = vi.fn<() => void>();
  const desk = createGuardDesk({
    now: () => state.now,
    after(ms, work) {
      const timer = { at: state.now + ms, work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    guardOf: (id) => (id === 'zai' ? state.guard : undefined),
    providerName: () => 'Z.AI',
    accountOf: () => ({ windows: state.windows, peak: undefined }),
    maxWaitMs: () => start.maxWaitMs ?? 60_000,
    onNotice: (notice) => notices.push(notice),
    onChange,
  });
  const hold = () => desk.hold({ providerId: 'zai', accountKey: 'one', agentId: 'cline', model: 'glm-5.3' });
  function pass(ms: number): void {
    state.now += ms;
    for (const timer of timers) {
      if (timer.at > state.now) continue;
      timers.delete(timer);
      timer.work();
    }
  }
  return { desk, state, notices, hold, pass, onChange, timers };
}
const PAUSE: Guard = { pauseAtPercent: 90 };

test('a reset within the longest wait is waited for, seen while it lasts, and then the request goes', async () => {
  const { desk, hold, pass, timers } = aDesk({ guard: PAUSE, windows: [aWindow({ resetsAt: NOW + 30_000 })] });
  const held = hold();
  expect([...desk.held()]).toEqual([['cline', 1]]);
  pass(29_000);
  expect(desk.held().size).toBe(1);
  pass(2000);
  expect(await held.over).toEqual({ kind: 'go' });
  expect([desk.held().size, timers.size]).toEqual([0, 0]);
});

test('a reset that moves away while a request waits is told instead of waited for without end', async () => {
  const { state, hold, pass } = aDesk({ guard: PAUSE, windows: [aWindow({ resetsAt: NOW + 30_000 })] });
  const held = hold();
  state.windows = [aWindow({ resetsAt: NOW + HOUR })];
  pass(31_000);
  expect(await held.over).toMatchObject({ kind: 'stop', stop: 'budget', untilAt: NOW + HOUR });
});

test('a reset beyond the longest wait is told at once', async () => {
  const { hold, timers } = aDesk({ guard: PAUSE });
  expect(await hold().over).toMatchObject({ kind: 'stop', untilAt: NOW + HOUR });
  expect(timers.size).toBe(0);
});

test('taking the guard away lets held requests go, and one whose agent left holds nothing', async () => {
  const { desk, state, hold, timers } = aDesk({ guard: PAUSE, windows: [aWindow({ resetsAt: NOW + 30_000 })] });
  const left = hold();
  const held = hold();
  left.leave();
  expect(await left.over).toBe('left');
  expect([...desk.held()]).toEqual([['cline', 1]]);
  state.guard = undefined;
  desk.refresh();
  expect(await held.over).toEqual({ kind: 'go' });
  expect([desk.held().size, timers.size]).toEqual([0, 0]);
});

test('a soft budget is said once per cycle of its window, and holds nothing', async () => {
  const { desk, state, notices, hold } = aDesk({
    guard: { budgets: [{ window: 'five-hour', soft: { percent: 90 } }] },
  });
  desk.heed('zai', 'one');
  desk.heed('zai', 'one');
  expect(notices).toMatchObject([{ code: 'budget-soft-zai-five-hour', severity: 'info' }]);
  expect(notices[0]?.text).toMatch(/^Z\.AI: 91% of the 5-hour window is used.*your soft budget for it is 90%/);
  expect(await hold().over).toEqual({ kind: 'go' });
  state.now = NOW + HOUR + 1;
  desk.heed('zai', 'one'); // no new reading yet
  expect(notices).toHaveLength(1);
  state.windows = [aWindow({ resetsAt: NOW + 6 * HOUR })];
  desk.heed('zai', 'one');
  expect(notices).toHaveLength(2);
});

test('a guard that begins to hold says so once, however many requests it stops', async () => {
  const { hold, notices } = aDesk({ guard: PAUSE });
  await hold().over;
  await hold().over;
  expect(notices).toMatchObject([{ code: 'budget-hard-zai-five-hour', severity: 'warning' }]);
});

test('a guard that is reached is told with who waits for it, whether it is lifted, and not at all once its window has reset', async () => {
  const account = {
    providerId: 'zai',
    accountKey: 'one',
    windows: [aWindow({ resetsAt: NOW + 30_000 })],
    peak: undefined,
  };
  const { desk, hold, pass } = aDesk({ guard: PAUSE, windows: account.windows });
  const held = hold();
  const standing = {
    providerId: 'zai',
    accountKey: 'one',
    stop: 'budget',
    windowId: aWindow().id,
    untilAt: NOW + 30_000,
  };
  expect(desk.standing([account])).toEqual([{ ...standing, held: 1, lifted: false }]);
  expect(desk.standing([{ ...account, providerId: 'kimi' }])).toEqual([]);
  expect(desk.lift('zai', 'one')).toBe(true);
  expect(await held.over).toEqual({ kind: 'go' });
  expect(desk.standing([account])).toEqual([{ ...standing, held: 0, lifted: true }]);
  pass(31_000);
  expect(desk.standing([account])).toEqual([]);
});

test('a lifted guard stands again in the next cycle of its window', async () => {
  const { desk, state, hold, pass } = aDesk({ guard: PAUSE, windows: [aWindow({ resetsAt: NOW + 30_000 })] });
  desk.lift('zai', 'one');
  expect(await hold().over).toEqual({ kind: 'go' });
  pass(31_000);
  state.windows = [aWindow({ resetsAt: NOW + HOUR })];
  expect(await hold().over).toMatchObject({ kind: 'stop', untilAt: NOW + HOUR });
});

test('where no guard is reached there is nothing to lift', () => {
  expect(aDesk({ guard: PAUSE, windows: [aWindow({ usedFraction: 0.1, used: 1 })] }).desk.lift('zai', 'one')).toBe(
    false,
  );
  expect(aDesk({}).desk.lift('zai', 'one')).toBe(false);
});
