import { setTimeout as sleep } from 'node:timers/promises';
import type { Destination, LoadGenerator } from './load-task.ts';
import { readProcessCost, type ProcessCost } from './process-cost.ts';
import { shuffled, summarise, type Summary } from './statistics.ts';
import type { Target, TargetName } from './targets.ts';

/** How much is measured. */
export interface Scale {
  readonly smallRounds: number;
  readonly largeRounds: number;
  readonly throughputRounds: number;
  readonly throughputMs: number;
  readonly streamRounds: number;
  readonly streamEvents: number;
}

export const FULL: Scale = {
  smallRounds: 2000,
  largeRounds: 300,
  throughputRounds: 8,
  throughputMs: 1000,
  streamRounds: 8,
  streamEvents: 24,
};

/** About 20 s: shows that everything works, says little about speed. */
export const SHORT: Scale = {
  smallRounds: 150,
  largeRounds: 30,
  throughputRounds: 1,
  throughputMs: 1000,
  streamRounds: 1,
  streamEvents: 20,
};

export const SMALL_BYTES = 2048;
export const LARGE_BYTES = 1024 * 1024;
export const CONNECTIONS = 16;
export const STREAMS = 100;
export const EVENT_EVERY_MS = 50;
export const MANY_STREAMS = 500;
/** Bodies, besides those of 2 KB and 1 MB, that CPU time is measured with. */
const CPU_BYTES = [10 * 1024, 100 * 1024];

/** What was measured of one target. Times in ms. */
export interface TargetReport {
  readonly name: TargetName;
  readonly small: Summary;
  readonly large: Summary;
  /** Requests a second, one sample a round. */
  readonly throughput: Summary;
  readonly eventLag: Summary;
  /** Events that arrived over all rounds; all of them should. */
  readonly events: { readonly sent: number; readonly arrived: number };
  /** The same with 500 streams at once; only the relay is asked for it. */
  readonly manyStreams: { readonly sent: number; readonly arrived: number } | undefined;
  /** CPU time of its process for one request, by size of body, one at a time; NaN where it is not known. */
  readonly cpu: readonly { readonly bodyBytes: number; readonly ms: number }[];
  /** Exchanges sent through the target over the whole run. */
  readonly exchanges: number;
  /** Rows in the relay's ledger; undefined for the others. */
  readonly recorded: number | undefined;
  readonly cost: ProcessCost | undefined;
}

/** Measures all targets side by side. Rejects on the first request that fails. */
export async function measure(
  targets: readonly Target[],
  load: LoadGenerator,
  scale: Scale,
  say: (line: string) => void,
): Promise<readonly TargetReport[]> {
  const sent = new Map<TargetName, number>(targets.map(({ name }) => [name, 0]));
  const count = (name: TargetName, requests: number): void => void sent.set(name, (sent.get(name) ?? 0) + requests);
  const latency = async (bodyBytes: number, rounds: number, pauseMs: number) => {
    const warmUpRounds = Math.ceil(rounds / 5);
    const to = targets.map(addressOf);
    const before = targets.map(({ pid }) => readProcessCost(pid)?.cpuMs ?? NaN);
    const lists = await load.run({ kind: 'latency', to, bodyBytes, warmUpRounds, rounds, pauseMs }, 300_000);
    await sleep(500); // what is done after the last answer counts too
    for (const [i, { name, pid }] of targets.entries()) {
      count(name, warmUpRounds + rounds);
      const spent = (readProcessCost(pid)?.cpuMs ?? NaN) - before[i]!;
      cpu.set(name, [...(cpu.get(name) ?? []), { bodyBytes, ms: spent / (warmUpRounds + rounds) }]);
    }
    return lists.map(summarise);
  };
  const cpu = new Map<TargetName, { bodyBytes: number; ms: number }[]>();

  say(`latency, 2 KB bodies, ${scale.smallRounds} rounds of ${targets.length} targets`);
  const small = await latency(SMALL_BYTES, scale.smallRounds, 2);
  say(`latency, 1 MB bodies, ${scale.largeRounds} rounds`);
  const large = await latency(LARGE_BYTES, scale.largeRounds, 15);

  say(`CPU by size of body, ${scale.largeRounds} rounds each`);
  for (const bodyBytes of CPU_BYTES) await latency(bodyBytes, scale.largeRounds, 10);

  say(`throughput, ${CONNECTIONS} connections, ${scale.throughputRounds} × ${scale.throughputMs} ms each`);
  const rates = new Map<TargetName, number[]>();
  for (let round = 0; round < scale.throughputRounds; round++) {
    for (const to of shuffled(targets)) {
      const task = { kind: 'throughput', to: addressOf(to), bodyBytes: SMALL_BYTES, connections: CONNECTIONS } as const;
      const [[requests = 0, ms = NaN] = []] = await load.run({ ...task, durationMs: scale.throughputMs }, 60_000);
      rates.set(to.name, [...(rates.get(to.name) ?? []), (requests * 1000) / ms]);
      count(to.name, requests);
      await sleep(300);
    }
  }

  say(`event lag, ${STREAMS} streams, ${scale.streamRounds} × ${scale.streamEvents} events each`);
  const lags = new Map<TargetName, number[]>();
  for (let round = 0; round < scale.streamRounds; round++) {
    for (const to of shuffled(targets)) {
      const task = { kind: 'streams', to: addressOf(to), streams: STREAMS, events: scale.streamEvents } as const;
      const [seen = []] = await load.run({ ...task, everyMs: EVENT_EVERY_MS }, 120_000).catch((error: Error) => {
        if (to.name !== 'portkey') throw error;
        say(`portkey, streams: ${error.message}`); // a gateway that rewrites streams has no figure, and hinders none
        return [];
      });
      lags.set(to.name, [...(lags.get(to.name) ?? []), ...seen]);
      count(to.name, STREAMS);
      await sleep(300);
    }
  }

  say(`${MANY_STREAMS} streams at once`);
  const many = new Map<TargetName, number>();
  for (const to of targets.filter(({ recorded }) => recorded !== undefined)) {
    const task = { kind: 'streams', to: addressOf(to), streams: MANY_STREAMS, events: scale.streamEvents } as const;
    const [seen = []] = await load.run({ ...task, everyMs: 200 }, 120_000);
    many.set(to.name, seen.length);
    count(to.name, MANY_STREAMS);
  }

  return Promise.all(
    targets.map(async ({ name, pid, recorded }, i) => {
      const arrived = lags.get(name) ?? [];
      const exchanges = sent.get(name) ?? 0;
      return {
        name,
        small: small[i]!,
        large: large[i]!,
        throughput: summarise(rates.get(name) ?? []),
        eventLag: summarise(arrived),
        events: { sent: STREAMS * scale.streamRounds * scale.streamEvents, arrived: arrived.length },
        manyStreams: many.has(name) ? { sent: MANY_STREAMS * scale.streamEvents, arrived: many.get(name)! } : undefined,
        cpu: cpu.get(name) ?? [],
        exchanges,
        recorded: recorded === undefined ? undefined : await whenRecorded(recorded, exchanges),
        cost: readProcessCost(pid),
      };
    }),
  );
}

/** What the ledger holds, once it holds all or 10 s have passed: the relay writes in batches. */
async function whenRecorded(recorded: NonNullable<Target['recorded']>, wanted: number): Promise<number> {
  const giveUpAt = Date.now() + 10_000;
  for (;;) {
    const rows = recorded();
    if (rows >= wanted || Date.now() > giveUpAt) return rows;
    await sleep(200);
  }
}

function addressOf({ port, path, fields }: Target): Destination {
  return { port, ...(path === undefined ? {} : { path }), ...(fields === undefined ? {} : { fields }) };
}
