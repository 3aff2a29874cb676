import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLane, type Asker, type Ticket } from '../../../src/relay/pacer/lane.ts';
import { restAfter } from '../../../src/relay/pacer/back-off.ts';

/** A lane on a clock that is moved by hand. */
function laneAt(rules: Partial<{ startSlots: number; maxSlots: number; growAfter: number }> = {}) {
  let now = 0;
  let timers: { at: number; work: () => void }[] = [];
  const lane = createLane({
    now: () => now,
    after(ms, work) {
      const timer = { at: now + ms, work };
      timers.push(timer);
      return () => void (timers = timers.filter((each) => each !== timer));
    },
    rules: { startSlots: 2, maxSlots: 4, growAfter: 3, ...rules },
    onChange: () => {},
  });
  const went: string[] = [];
  return {
    lane,
    went,
    ask(name: string, asker: Partial<Asker> = {}): Ticket {
      const ticket = lane.ask({ agentId: 'a', side: false, ...asker });
      void ticket.granted.then((go) => go && went.push(name));
      return ticket;
    },
    async pass(ms: number): Promise<void> {
      now += ms;
      for (const timer of timers.filter(({ at }) => at <= now)) {
        timers = timers.filter((each) => each !== timer);
        timer.work();
      }
      await Promise.resolve();
    },
  };
}

describe('a lane', () => {
  test('lets as many go as it has slots, the others in their order as slots come free', async () => {
    const { ask, went, pass, lane } = laneAt();
    const tickets = ['1', '2', '3', '4'].map((name) => ask(name));
    await pass(0);
    expect(went).toEqual(['1', '2']);
    expect(lane.view()).toEqual({ slots: 2, inFlight: 2, waiting: 2, restUntilAt: 0 });
    tickets[1]!.succeeded();
    await pass(0);
    expect(went).toEqual(['1', '2', '3']);
  });

  test('serves the user before side requests, and agents in turn', async () => {
    const { ask, went, pass } = laneAt({ startSlots: 1 });
    const first = ask('busy 1', { agentId: 'busy' });
    ask('title', { agentId: 'busy', side: true });
    const second = ask('busy 2', { agentId: 'busy' });
    const other = ask('quiet 1', { agentId: 'quiet' });
    for (const ticket of [first, other, second]) {
      ticket.succeeded();
      await pass(0);
    }
    expect(went).toEqual(['busy 1', 'quiet 1', 'busy 2', 'title']);
  });

  test('halves with a refusal, rests, and grows by one after a run of answers', async () => {
    const { ask, went, pass, lane } = laneAt({ startSlots: 4 });
    const [first, second, third] = ['1', '2', '3'].map((name) => ask(name));
    void first!.refused(1000).then((go) => go && went.push('1 again'));
    expect(lane.view()).toMatchObject({ slots: 2, inFlight: 2, waiting: 1, restUntilAt: 1000 });
    second!.succeeded();
    await pass(999);
    expect(went).not.toContain('1 again');
    await pass(1);
    expect(went).toContain('1 again');
    third!.succeeded();
    first!.succeeded();
    expect(lane.view().slots).toBe(3);
  });

  test('narrows to those under way where a refusal met others, and goes as soon as one of them is over', async () => {
    const { ask, went, pass, lane } = laneAt({ startSlots: 4 });
    const [first, second] = ['1', '2'].map((name) => ask(name));
    expect(second!.crowded).toBe(true);
    void second!.refused(0).then((go) => go && went.push('2 again'));
    expect(lane.view()).toEqual({ slots: 1, inFlight: 1, waiting: 1, restUntilAt: 0 });
    first!.succeeded();
    await pass(0);
    expect(went).toEqual(['1', '2', '2 again']);
    expect(second!.crowded).toBe(false);
  });

  test('is as wide as before once a request passes after refusals that met none beside them', async () => {
    const { ask, went, pass, lane } = laneAt({ startSlots: 4 });
    const [first] = ['1'].map((name) => ask(name));
    void first!.refused(1000);
    await pass(1000);
    void first!.refused(2000);
    expect(lane.view().slots).toBe(1);
    ask('2');
    await pass(1000);
    expect(went).toEqual(['1']);
    first!.accepted();
    await pass(0);
    expect(lane.view()).toMatchObject({ slots: 4, inFlight: 2 });
  });

  test('stays narrow where narrowing helped, and widens again where the request is refused with none beside it too', async () => {
    for (const [helped, slots] of [
      [true, 1],
      [false, 4],
    ] as const) {
      const { ask, pass, lane } = laneAt({ startSlots: 4, growAfter: 9 });
      const [first, second] = ['1', '2'].map((name) => ask(name));
      await pass(10);
      void second!.refused(0);
      first!.accepted(); // it went before the refusal and says nothing of it
      first!.succeeded();
      expect(lane.view().slots).toBe(1);
      await pass(10);
      if (!helped) void second!.refused(1000);
      await pass(1000);
      second!.accepted();
      expect(lane.view().slots).toBe(slots);
    }
  });

  test('takes longer to widen once the wider lane was refused', async () => {
    const { ask, pass, lane } = laneAt({ startSlots: 2, growAfter: 2 });
    const answers = async (times: number) => {
      for (let i = 0; i < times; i++) ask('x').succeeded();
      await pass(0);
      return lane.view().slots;
    };
    const beside = async () => {
      const first = ask('1');
      const second = ask('2');
      void second.refused(0);
      second.leave();
      first.leave();
      await pass(0);
      return lane.view().slots;
    };
    expect(await beside()).toBe(1);
    expect(await answers(2)).toBe(2);
    expect(await beside()).toBe(1);
    expect(await answers(2)).toBe(1);
    expect(await answers(2)).toBe(2);
  });

  test('never narrows below one and never widens past its most', () => {
    const { ask, lane } = laneAt({ startSlots: 1, growAfter: 1 });
    void ask('1').refused(0);
    expect(lane.view().slots).toBe(1);
    for (let i = 0; i < 20; i++) ask(String(i)).succeeded();
    expect(lane.view().slots).toBe(4);
  });

  test('forgets who leaves, waiting or under way, and says false to who waited', async () => {
    const { ask, went, pass, lane } = laneAt({ startSlots: 1 });
    const first = ask('1');
    const second = ask('2');
    ask('3');
    second.leave();
    first.leave();
    first.leave();
    await pass(0);
    expect(went).toEqual(['1', '3']);
    expect(await second.granted).toBe(false);
    expect(lane.view()).toMatchObject({ inFlight: 1, waiting: 0 });
  });

  test('lets everyone go where the pacer is switched off', async () => {
    const { ask, went, pass, lane } = laneAt({ startSlots: 1 });
    for (const name of ['1', '2', '3']) ask(name);
    lane.open();
    await pass(0);
    expect(went).toEqual(['1', '2', '3']);
  });

  test('never has more under way than slots, loses nobody, and is empty in the end, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ what: fc.nat(5), which: fc.nat(20), ms: fc.nat(3000) }), { maxLength: 120 }),
        async (steps) => {
          const { ask, lane, pass } = laneAt();
          const open: { ticket: Ticket; granted: boolean }[] = [];
          const track = (ticket: Ticket, granted: Promise<boolean>) => {
            const entry = { ticket, granted: false };
            open.push(entry);
            void granted.then((go) => (entry.granted = go));
          };
          for (const { what, which, ms } of steps) {
            const entry = open[which % Math.max(1, open.length)];
            if (what === 0 || entry === undefined) {
              const ticket = ask('x', { agentId: String(which % 3), side: which % 2 === 0 });
              track(ticket, ticket.granted);
            } else if (what === 1) {
              entry.ticket.leave();
              open.splice(open.indexOf(entry), 1);
            } else if (what === 2 && entry.granted) {
              entry.ticket.succeeded();
              open.splice(open.indexOf(entry), 1);
            } else if (what === 3 && entry.granted) {
              open.splice(open.indexOf(entry), 1);
              track(entry.ticket, entry.ticket.refused(ms));
            } else if (what === 4 && entry.granted) entry.ticket.accepted();
            else await pass(ms);
            await pass(0);
            const { slots, inFlight, waiting } = lane.view();
            expect(inFlight + waiting).toBe(open.length);
            expect(inFlight).toBeLessThanOrEqual(4);
            expect(slots).toBeGreaterThanOrEqual(1);
          }
          for (let round = 0; round < 300 && open.length > 0; round++) {
            await pass(3000);
            for (const entry of open.filter(({ granted }) => granted)) {
              entry.ticket.succeeded();
              open.splice(open.indexOf(entry), 1);
            }
          }
          expect(open).toEqual([]);
          expect(lane.empty).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});

test('rests grow, stay under ten seconds and keep what the provider asks for', () => {
  const rests = [0, 1, 2, 3, 20].map((nth) => restAfter(nth, 0.5, undefined));
  expect(rests).toEqual([1320, 1782, 2406, 3248, 8800]);
  expect(restAfter(0, 0, 9000)).toBe(9000);
});
