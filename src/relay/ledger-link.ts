import { Worker } from 'node:worker_threads';
import type { LedgerReply, LedgerRequest, LedgerThreadData } from './ledger-messages.ts';

const CLOSE_MS = 5000;

export interface LedgerLink {
  /** Throws where the request cannot be copied to a thread. */
  post(request: LedgerRequest): void;
  /** Lets the thread close the ledger and end; ends it hard after 5 s. Resolves when it is gone. */
  end(): Promise<void>;
}

/**
 * Starts the ledger's thread. `onEnded` is called once when it ends by itself, with the reason; not after `end()`.
 * Throws where no thread can be made.
 */
export function startLedgerThread(
  workerFile: string | URL,
  workerData: LedgerThreadData,
  onReply: (reply: LedgerReply) => void,
  onEnded: (reason: string) => void,
): LedgerLink {
  const worker = new Worker(workerFile, { workerData });
  let ending = false;
  let reason = 'its thread ended';
  worker.on('message', onReply);
  worker.on('messageerror', (error) => (reason = error.message));
  worker.on('error', (error) => (reason = error instanceof Error ? error.message : String(error)));
  const gone = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      resolve();
      if (!ending) onEnded(reason);
    });
  });
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    post: (request) => worker.postMessage(request),
    async end() {
      ending = true;
      this.post({ kind: 'close' });
      const limit = setTimeout(() => void worker.terminate(), CLOSE_MS);
      await gone;
      clearTimeout(limit);
    },
  };
}
