// A relay program for launch tests: --home DIR --port N. FAKE_RELAY=die ends at once with a sentence, =silent never listens,
// =step-back ends well, as a relay does that finds another one on its port.
import { parseArgs } from 'node:util';
import { snapshot } from '../extension/snapshots.ts';
import { startFakeRelay } from './fake-relay.ts';

const { values } = parseArgs({ options: { home: { type: 'string' }, port: { type: 'string' } } });
const mood = process.env['FAKE_RELAY'];
setTimeout(() => process.exit(3), 20_000).unref();
if (mood === 'die') {
  console.error('planward: the ledger is from a newer version.');
  process.exit(1);
} else if (mood === 'step-back') {
  process.exit(0);
} else if (mood === 'silent') {
  setTimeout(() => process.exit(0), 2000);
} else {
  const relay = await startFakeRelay({
    home: values.home!,
    port: Number(values.port),
    snapshot: () => snapshot(),
    onDrain: () => setTimeout(() => process.exit(0), 50),
  });
  console.log(`listening on http://127.0.0.1:${relay.endpoint.port}`);
  setTimeout(() => process.exit(3), 20_000);
}
