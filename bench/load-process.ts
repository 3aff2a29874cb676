// The bench's load generator, in a process of its own. Takes one LoadTask a message, answers each with its samples.
import { setTimeout as sleep } from 'node:timers/promises';
import { listenToStream, openLoadConnection } from './load-connection.ts';
import type { LoadAnswer, LoadTask } from './load-task.ts';
import { shuffled } from './statistics.ts';
import { takeStamps, writeRequest } from './traffic.ts';

process.on('message', (task: LoadTask) => {
  void answer(task).then((result) => process.send!(result));
});
process.on('disconnect', () => process.exit(0));

async function answer(task: LoadTask): Promise<LoadAnswer> {
  try {
    if (task.kind === 'latency') return { ok: true, samples: await measureLatency(task) };
    if (task.kind === 'throughput') return { ok: true, samples: [await measureThroughput(task)] };
    return { ok: true, samples: await measureStreams(task) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Each round asks every port once, in a new order, one at a time: drift of the machine hits all alike. */
async function measureLatency(task: Extract<LoadTask, { kind: 'latency' }>): Promise<number[][]> {
  const requests = task.to.map((to) => writeRequest(task.bodyBytes, to));
  const connections = await Promise.all(task.to.map(({ port }) => openLoadConnection(port)));
  const samples: number[][] = task.to.map(() => []);
  const order = task.to.map((_, i) => i);
  for (let round = -task.warmUpRounds; round < task.rounds; round++) {
    for (const i of shuffled(order)) {
      const ms = await connections[i]!.exchange(requests[i]!);
      if (round >= 0) samples[i]!.push(ms);
      await sleep(task.pauseMs); // Lets the one just asked finish its own affairs.
    }
  }
  for (const connection of connections) connection.close();
  return samples;
}

/** Requests that began and ended within the time, over `connections` connections that never wait. */
async function measureThroughput(task: Extract<LoadTask, { kind: 'throughput' }>): Promise<number[]> {
  const request = writeRequest(task.bodyBytes, task.to);
  const connections = await Promise.all(
    Array.from({ length: task.connections }, () => openLoadConnection(task.to.port)),
  );
  let done = 0;
  const startedAt = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() - startedAt < task.durationMs) {
        await connection.exchange(request);
        done += 1;
      }
    }),
  );
  const tookMs = performance.now() - startedAt;
  for (const connection of connections) connection.close();
  return [done, tookMs];
}

/** Lags in ms of every event of all streams, from the server's stamp to its arrival here. */
async function measureStreams(task: Extract<LoadTask, { kind: 'streams' }>): Promise<number[][]> {
  const request = writeRequest(2048, task.to, { events: task.events, everyMs: task.everyMs });
  const lags: number[] = [];
  const listen = async (): Promise<void> => {
    let rest = '';
    await listenToStream(task.to.port, request, (text) => {
      const now = process.hrtime.bigint();
      const taken = takeStamps(rest + text);
      rest = taken.rest;
      for (const stamp of taken.stamps) lags.push(Number(now - stamp) / 1e6);
      return text.includes('message_stop');
    });
  };
  await Promise.all(Array.from({ length: task.streams }, listen));
  return [lags];
}
