// The relay's one file: the program, and each of its threads. What the others need is not even loaded.
import { parentPort, isMainThread, workerData } from 'node:worker_threads';
import type { LedgerThreadData } from './ledger-messages.ts';
import { supportOlderNode } from './older-node.ts';
import { tidyMemory } from './tidy-memory.ts';
import type { TranscriptsThreadData } from './transcripts-messages.ts';

supportOlderNode();
tidyMemory();
const data = workerData as LedgerThreadData | TranscriptsThreadData | null;
if (isMainThread) void import('./program.ts').then(({ run }) => run(process.argv.slice(2)));
else if (data?.role === 'ledger')
  void import('./ledger-thread.ts').then((thread) => thread.runLedgerThread(data, parentPort!));
else if (data?.role === 'transcripts') {
  void import('./transcripts-thread.ts').then((thread) => thread.runTranscriptsThread(data, parentPort!));
}
