/** What the relay's own bundle does in its ledger thread. */
import { parentPort, workerData } from 'node:worker_threads';
import type { LedgerThreadData } from '../../src/relay/ledger-messages.ts';
import { runLedgerThread } from '../../src/relay/ledger-thread.ts';

if (parentPort !== null) runLedgerThread(workerData as LedgerThreadData, parentPort);
