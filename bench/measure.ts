import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadGenerator } from './load-task.ts';
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
    const ports = targets.map(({ port }) => port);
    const lists = await load.run({ kind: 'latency', ports, bodyBytes, warmUpRounds, rounds, pauseMs }, 300_000);
    for (const { name } of targets) count(name, warmUpRounds + rounds);
    return lists.map(summarise);
  };

  say(`latency, 2 KB bodies, ${scale.smallRounds} rounds of ${targets.length} targets`);
  const small = await latency(SMALL_BYTES, scale.smallRounds, 2);
  say(`latency, 1 MB bodies, ${scale.largeRounds} rounds`);
  const large = await latency(LARGE_BYTES, scale.largeRounds, 15);

  say(`throughput, ${CONNECTIONS} connections, ${scale.throughputRounds} × ${scale.throughputMs} ms each`);
  const rates = new Map<TargetName, number[]>();
  for (let round = 0; round < scale.throughputRounds; round++) {
    for (const { name, port } of shuffled(targets)) {
      const task = { kind: 'throughput', port, bodyBytes: SMALL_BYTES, connections: CONNECTIONS } as const;
      const [[requests = 0, ms = NaN] = []] = await load.run({ ...task, durationMs: scale.throughputMs }, 60_000);
      rates.set(name, [...(rates.get(name) ?? []), (requests * 1000) / ms]);
      count(name, requests);
      await sleep(300);
    }
  }

  say(`event lag, ${STREAMS} streams, ${scale.streamRounds} × ${scale.streamEvents} events each`);
  const lags = new Map<TargetName, number[]>();
  for (let round = 0; round < scale.streamRounds; round++) {
    for (const { name, port } of shuffled(targets)) {
      const task = { kind: 'streams', port, streams: STREAMS, events: scale.streamEvents } as const;
      const [seen = []] = await load.run({ ...task, everyMs: EVENT_EVERY_MS }, 120_000);
      lags.set(name, [...(lags.get(name) ?? []), ...seen]);
      count(name, STREAMS);
      await sleep(300);
    }
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
