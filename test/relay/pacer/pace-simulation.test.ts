import { expect, test } from 'vitest';
import { createPacer } from '../../../src/relay/pacer/pacer.ts';

const REFUSAL = { status: 429, headers: [], payload: Buffer.from('{}') };
const ANSWER_MS = 900;

/** Whether a provider takes a request now, given when it took others and how many of those are under way. */
type Limit = (takenAt: readonly number[], underWay: number, now: number) => boolean;

/** Plays sessions of requests one after the other against a provider with a limit, on a clock of its own. */
async function play(limit: Limit, sessions: number, requests: number) {
  let now = 0;
  let timers: { at: number; work: () => void }[] = [];
  const after = (ms: number, work: () => void) => {
    const timer = { at: now + ms, work };
    timers.push(timer);
    return () => void (timers = timers.filter((each) => each !== timer));
  };
  const sleep = (ms: number) => new Promise<void>((wake) => after(ms, wake));
  const pacer = createPacer({
    now: () => now,
    random: () => 0.5,
    after,
    classOf: () => 'account-rate',
    absorbs: () => true,
    onChange: () => {},
  });
  const takenAt: number[] = [];
  let underWay = 0;
  let absorbed = 0;
  let seen = 0;
  async function send(agentId: string): Promise<void> {
    const pace = pacer.enter({
      providerId: 'zai',
      accountKey: 'k',
      model: 'm',
      agentId,
      side: false,
      patienceMs: 120_000,
    });
    await pace.granted;
    for (;;) {
      await sleep(5);
      if (limit(takenAt, underWay, now)) break;
      const again = pace.patience.again(REFUSAL);
      if (again === undefined || !(await again)) {
        seen += 1;
        pace.over(true);
        return;
      }
      absorbed += 1;
    }
    takenAt.push(now);
    underWay += 1;
    await sleep(ANSWER_MS);
    underWay -= 1;
    pace.over(true);
  }
  const ended = new Set<number>();
  for (let i = 0; i < sessions; i++) {
    void (async () => {
      for (let k = 0; k < requests; k++) {
        await send(`agent ${i}`);
        await sleep(150); // a tool runs
      }
      ended.add(i);
    })();
  }
  const settle = async () => {
    for (let i = 0; i < 60; i++) await Promise.resolve();
  };
  await settle();
  while (ended.size < sessions && now < 900_000) {
    now = Math.min(...timers.map(({ at }) => at));
    for (const timer of timers.filter(({ at }) => at <= now)) {
      timers = timers.filter((each) => each !== timer);
      timer.work();
    }
    await settle();
  }
  return { seconds: now / 1000, absorbed, seen, taken: takenAt.length };
}

const one: Limit = (_taken, underWay) => underWay < 1;
const two: Limit = (_taken, underWay) => underWay < 2;
const stretch =
  (most: number, ms: number): Limit =>
  (taken, _underWay, now) =>
    taken.filter((at) => at > now - ms).length < most;

// What a client would take that knew the limit: the last stretch begins when all requests but its own are taken.
test.each([
  ['one at a time', one, 2, 10, 20 * 0.9],
  ['two at a time', two, 4, 10, 20 * 0.9],
  ['three in ten seconds', stretch(3, 10_000), 2, 6, 30 + 2 * 0.9],
  ['six in thirty seconds', stretch(6, 30_000), 2, 15, 120 + 3 * 0.9],
  ['ten a minute', stretch(10, 60_000), 3, 10, 120 + 4 * 0.9],
] as const)(
  'under a limit of %s no refusal is seen, and it takes 15 %% longer than possible at most',
  async (_name, limit, sessions, requests, possibleS) => {
    const { seconds, absorbed, seen, taken } = await play(limit, sessions, requests);
    expect([seen, taken]).toEqual([0, sessions * requests]);
    expect(seconds).toBeLessThan(possibleS * 1.15);
    expect(absorbed).toBeLessThan(40);
  },
);
