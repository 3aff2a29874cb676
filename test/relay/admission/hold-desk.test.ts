import { expect, test } from 'vitest';
import { createHoldDesk, type HeldTurn } from '../../../src/relay/admission/hold-desk.ts';

const TURN: HeldTurn = {
  agentId: 'cline',
  providerId: 'zai',
  packId: 'zai',
  packVersion: '2026-09-07',
  ruleId: 'task-scope',
  severity: 'warning',
  category: 'travel',
  pOffScope: 0.97,
  evidence: [],
};

/** A desk on a clock of its own, with as many windows as the test says. */
function desk(over: { windows?: number; byDefault?: 'send' | 'stop' } = {}) {
  let now = 1000;
  let ids = 0;
  const world = { windows: over.windows ?? 1, byDefault: over.byDefault ?? ('send' as const), changes: 0 };
  const timers = new Set<{ at: number; work: () => void }>();
  const holds = createHoldDesk({
    now: () => now,
    after(ms, work) {
      const timer = { at: now + ms, work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    newId: () => `h${++ids}`,
    holdMs: () => 60_000,
    byDefault: () => world.byDefault,
    asking: () => world.windows,
    onChange: () => void world.changes++,
  });
  const pass = (ms: number): void => {
    now += ms;
    for (const timer of [...timers].filter(({ at }) => at <= now)) {
      timers.delete(timer);
      timer.work();
    }
  };
  return { holds, world, pass, timers };
}

test.each(['send', 'stop', 'coding'] as const)('the user’s word %s ends a hold, once', async (word) => {
  const { holds, timers } = desk();
  const held = holds.hold('t1', TURN);
  expect(holds.list()).toMatchObject([
    { id: 'h1', since: 1000, untilAt: 61_000, byDefault: 'send', category: 'travel' },
  ]);
  expect(holds.held()).toEqual(new Map([['cline', 1]]));
  expect(holds.answer('h1', word)).toBe(true);
  expect(await held.over).toEqual({ kind: word, by: 'user' });
  expect(holds.answer('h1', word)).toBe(false);
  expect(holds.list()).toEqual([]);
  expect(timers.size).toBe(0);
});

test.each(['send', 'stop'] as const)(
  'without a word the default %s applies when the time is over',
  async (byDefault) => {
    const { holds, pass } = desk({ byDefault });
    const held = holds.hold('t1', TURN);
    pass(59_999);
    expect(holds.list()).toHaveLength(1);
    pass(1);
    expect(await held.over).toEqual({ kind: byDefault, by: 'time' });
  },
);

test('a hold ends within what its agent waits, where that is shorter than the countdown', async () => {
  const { holds, pass } = desk();
  const impatient = holds.hold('t1', TURN, 20_000);
  const patient = holds.hold('t2', TURN, 300_000);
  expect(holds.list().map(({ untilAt }) => untilAt)).toEqual([21_000, 61_000]);
  pass(20_000);
  expect(await impatient.over).toEqual({ kind: 'send', by: 'time' });
  pass(40_000);
  expect(await patient.over).toEqual({ kind: 'send', by: 'time' });
});

test('the default that was stated when a hold began is the one that applies', async () => {
  const { holds, pass, world } = desk({ byDefault: 'stop' });
  const held = holds.hold('t1', TURN);
  world.byDefault = 'send';
  pass(60_000);
  expect(await held.over).toEqual({ kind: 'stop', by: 'time' });
});

test('where no window is there to ask, the default applies at once', async () => {
  const { holds } = desk({ windows: 0 });
  expect(await holds.hold('t1', TURN).over).toEqual({ kind: 'send', by: 'nobody' });
  expect(holds.list()).toEqual([]);
});

test('when the last window goes the default applies, and a window that only reloads is waited for', async () => {
  const { holds, world, pass } = desk();
  const first = holds.hold('t1', TURN);
  world.windows = 0;
  holds.refresh();
  pass(2000);
  world.windows = 1;
  holds.refresh();
  pass(10_000);
  expect(holds.list()).toHaveLength(1);
  world.windows = 0;
  holds.refresh();
  pass(5000);
  expect(await first.over).toEqual({ kind: 'send', by: 'nobody' });
});

test('a turn is never held twice', async () => {
  const { holds } = desk();
  const held = holds.hold('t1', TURN);
  holds.answer('h1', 'stop');
  await held.over;
  expect(await holds.hold('t1', TURN).over).toEqual({ kind: 'asked-before' });
  expect(holds.list()).toEqual([]);
});

test('a repetition of a held turn waits for the same word', async () => {
  const { holds } = desk();
  const [first, second] = [holds.hold('t1', TURN), holds.hold('t1', TURN)];
  expect(holds.list()).toHaveLength(1);
  expect(holds.held()).toEqual(new Map([['cline', 2]]));
  first.leave();
  expect(await first.over).toEqual({ kind: 'left' });
  holds.answer('h1', 'stop');
  expect(await second.over).toEqual({ kind: 'stop', by: 'user' });
});

test('an agent that goes away ends its hold, and gets the default when it comes again', async () => {
  const { holds, timers } = desk({ byDefault: 'stop' });
  const held = holds.hold('t1', TURN);
  held.leave();
  expect(await held.over).toEqual({ kind: 'left' });
  expect(holds.list()).toEqual([]);
  expect(timers.size).toBe(0);
  expect(await holds.hold('t1', TURN).over).toEqual({ kind: 'stop', by: 'time' });
  expect(await holds.hold('t1', TURN).over).toEqual({ kind: 'asked-before' });
});
