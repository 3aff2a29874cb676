import { createPacer } from '../../src/relay/pacer/pacer.ts';

/** Whether a provider takes a request now, given when it took others and how many of those are under way. */
export type Limit = (takenAt: readonly number[], underWay: number, now: number) => boolean;

/** So many requests at once. */
export function atOnce(most: number): Limit {
  return (_taken, underWay) => underWay < most;
}

/** So many requests in any stretch of time. */
export function inStretch(most: number, ms: number): Limit {
  return (taken, _underWay, now) => taken.filter((at) => at > now - ms).length < most;
}

/** So many requests in each stretch, counted anew at its beginning. */
export function byTheClock(most: number, ms: number): Limit {
  return (taken, _underWay, now) => taken.filter((at) => Math.floor(at / ms) === Math.floor(now / ms)).length < most;
}

export interface PacePlay {
  readonly limit: Limit;
  readonly sessions: number;
  readonly requests: number;
  /** Span of an answer, and of what the agent does before its next request; drawn for each request. */
  readonly answerMs: readonly [least: number, most: number];
  readonly thinkMs: readonly [least: number, most: number];
  /** Sessions begin within this span. */
  readonly startMs: number;
  /** With the pacer, or with the agent's own rests between tries (ms), after the last of which it gives up. */
  readonly way: 'paced' | readonly number[];
  /** The same seed draws the same sessions, whichever way they are played. */
  readonly seed: number;
}

export interface Played {
  readonly seconds: number;
  /** Refusals that reached an agent, and all that the provider gave. */
  readonly seen: number;
  readonly refused: number;
  readonly taken: number;
  readonly gaveUp: boolean;
}

const REFUSAL = { status: 429, headers: [], payload: Buffer.from('{}') };
const REFUSAL_MS = 150;
/** Share of an answer's span that passes before its first byte. */
const FIRST_BYTE = 0.2;

/** Plays sessions of requests one after the other against a provider with a limit, on a clock of its own. */
export async function playPaced({
  limit,
  sessions,
  requests,
  answerMs,
  thinkMs,
  startMs,
  way,
  seed,
}: PacePlay): Promise<Played> {
  const random = mulberry(seed);
  const between = ([least, most]: readonly [number, number]): number => least + random() * (most - least);
  let now = 0;
  let timers: { at: number; work: () => void }[] = [];
  const after = (ms: number, work: () => void) => {
    const timer = { at: now + Math.max(0, ms), work };
    timers.push(timer);
    return () => void (timers = timers.filter((each) => each !== timer));
  };
  const sleep = (ms: number) => new Promise<void>((wake) => after(ms, wake));
  const jitter = mulberry(seed + 7919);
  const pacer = createPacer({
    now: () => now,
    random: jitter,
    after,
    classOf: () => 'account-rate',
    absorbs: () => true,
    onChange: () => {},
  });
  const takenAt: number[] = [];
  let underWay = 0;
  let refused = 0;
  let seen = 0;
  let gaveUp = false;

  /** True where the provider took it, once its answer is over. */
  async function attempt(spanMs: number, onStatus?: (status: number) => void): Promise<boolean> {
    await sleep(5);
    if (!limit(takenAt, underWay, now)) {
      refused += 1;
      await sleep(REFUSAL_MS);
      return false;
    }
    takenAt.push(now);
    underWay += 1;
    await sleep(spanMs * FIRST_BYTE);
    onStatus?.(200);
    await sleep(spanMs * (1 - FIRST_BYTE));
    underWay -= 1;
    return true;
  }

  async function viaPacer(agentId: string, spanMs: number): Promise<boolean> {
    const pace = pacer.enter({
      providerId: 'p',
      accountKey: 'k',
      model: 'm',
      agentId,
      side: false,
      patienceMs: 120_000,
    });
    await pace.granted;
    for (;;) {
      if (await attempt(spanMs, pace.patience.wants)) {
        pace.over(true);
        return true;
      }
      const again = pace.patience.again(REFUSAL);
      if (again === undefined || !(await again)) {
        pace.over(true);
        return false;
      }
    }
  }

  async function send(agentId: string, spanMs: number): Promise<void> {
    for (let i = 0; ; i++) {
      if (way === 'paced' ? await viaPacer(agentId, spanMs) : await attempt(spanMs)) return;
      seen += 1;
      const rest = way === 'paced' ? undefined : way[i];
      if (rest === undefined) {
        gaveUp = true;
        return;
      }
      await sleep(rest * (1 + jitter() * 0.1));
    }
  }

  let ended = 0;
  for (let i = 0; i < sessions; i++) {
    // Drawn before anything is played, so that both ways get the same.
    const beginMs = random() * startMs;
    const steps = Array.from({ length: requests }, () => ({ spanMs: between(answerMs), restMs: between(thinkMs) }));
    void (async () => {
      await sleep(beginMs);
      for (const { spanMs, restMs } of steps) {
        await send(`agent ${i}`, spanMs);
        await sleep(restMs);
      }
      ended += 1;
    })();
  }
  const settle = async () => {
    for (let i = 0; i < 60; i++) await Promise.resolve();
  };
  await settle();
  for (;;) {
    if (ended >= sessions || now > 3_600_000 || timers.length === 0) break;
    now = Math.min(...timers.map(({ at }) => at));
    for (const timer of timers.filter(({ at }) => at <= now)) {
      timers = timers.filter((each) => each !== timer);
      timer.work();
    }
    await settle();
  }
  return { seconds: now / 1000, seen, refused, taken: takenAt.length, gaveUp };
}

/** The same numbers in [0, 1) for the same seed. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
