// Run by outbound.test.ts: one request through a data plane whose upstream is argv[2]; prints the answer.
import { rawClient } from '../support/raw-client.ts';
import { startDataPlane } from './data-plane.ts';

const plane = await startDataPlane(process.argv[2]!);
const back = await rawClient(plane.port, 'GET /zai/x HTTP/1.1\r\nHost: localhost\r\nX-Odd: 1\r\n\r\n', {
  timeoutMs: 10_000,
});
console.log(back.toString('latin1'));
await plane.close();
