/**
 * Appends exchanges to the ledger given as argument until it is killed, and prints the number of the last one that a flush
 * has acknowledged. Arguments: path, first number.
 */
import { writeSync } from 'node:fs';
import { createLedgerWriter } from '../../src/relay/ledger-writer.ts';
import { anExchange } from '../ledger/exchanges.ts';

const [path, first] = process.argv.slice(2);
if (path === undefined || first === undefined) throw new Error('usage: ledger-child.ts PATH FIRST');
const writer = createLedgerWriter({
  path,
  workerFile: new URL('./ledger-entry.ts', import.meta.url),
  onNotice: (notice) => writeSync(2, `${notice.text}\n`),
  retentionDays: 3650,
  now: Date.now,
  tickMs: 2,
});
const end = Date.now() + 20_000;
for (let n = Number(first); Date.now() < end;) {
  const until = n + 1 + Math.floor(Math.random() * 60);
  for (; n < until; n++) writer.append(anExchange(n, { startedAt: Date.now() }));
  // eslint-disable-next-line no-await-in-loop -- one batch after the other is what is tested
  if (await writer.flush()) writeSync(1, `${n - 1}\n`);
}
process.exit(0);
