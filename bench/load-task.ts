import { fork } from 'node:child_process';
import { join } from 'node:path';
import { endProcess } from '../test/support/relay-process.ts';

/** Where requests go: a port, and what a proxy wants in them that needs telling. */
export interface Destination {
  readonly port: number;
  /** Default: the path of the bench's own requests. */
  readonly path?: string;
  /** Field lines put before the others. */
  readonly fields?: readonly string[];
}

/** What the load generator can be asked for. */
export type LoadTask =
  | {
      readonly kind: 'latency';
      readonly to: readonly Destination[];
      readonly bodyBytes: number;
      readonly warmUpRounds: number;
      readonly rounds: number;
      readonly pauseMs: number;
    }
  | {
      readonly kind: 'throughput';
      readonly to: Destination;
      readonly bodyBytes: number;
      readonly connections: number;
      readonly durationMs: number;
    }
  | {
      readonly kind: 'streams';
      readonly to: Destination;
      readonly streams: number;
      readonly events: number;
      readonly everyMs: number;
    };

/** Latency: samples in ms by port. Throughput: one list `[requests, ms]`. Streams: one list of lags in ms. */
export type LoadAnswer =
  | { readonly ok: true; readonly samples: readonly (readonly number[])[] }
  | { readonly ok: false; readonly reason: string };

export interface LoadGenerator {
  /** Rejects where a request failed or the task took longer than `timeoutMs`. */
  run(task: LoadTask, timeoutMs: number): Promise<readonly (readonly number[])[]>;
  stop(): Promise<void>;
}

/** Starts the load generator's process. One task at a time. */
export function startLoadGenerator(): LoadGenerator {
  const child = fork(join(import.meta.dirname, 'load-process.ts'), { stdio: 'inherit' });
  return {
    run: (task, timeoutMs) =>
      new Promise((resolve, reject) => {
        const finish = (settle: () => void): void => {
          clearTimeout(timer);
          child.removeAllListeners('message').removeAllListeners('exit');
          settle();
        };
        const timer = setTimeout(
          () => finish(() => reject(new Error(`${task.kind} took longer than ${timeoutMs} ms`))),
          timeoutMs,
        );
        child.once('exit', (code) => finish(() => reject(new Error(`the load generator ended with code ${code}`))));
        child.once('message', (message) => {
          const answer = message as LoadAnswer;
          finish(() => (answer.ok ? resolve(answer.samples) : reject(new Error(`${task.kind}: ${answer.reason}`))));
        });
        child.send(task);
      }),
    stop: async () => void (await endProcess(child, 2000)),
  };
}
