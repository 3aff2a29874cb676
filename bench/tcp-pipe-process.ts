// Copies bytes between two sockets and looks at none: what any proxy written for Node pays at least. node … <port>
import { connect, createServer } from 'node:net';
import { listen } from '../test/support/loopback.ts';

const server = createServer({ noDelay: true }, (client) => {
  const upstream = connect({ host: '127.0.0.1', port: Number(process.argv[2]), noDelay: true });
  for (const [from, to] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    from.on('data', (chunk) => to.write(chunk));
    from.on('close', () => to.destroy());
    from.on('error', () => to.destroy());
  }
});
console.log(`listening on http://127.0.0.1:${await listen(server)}`);
process.on('SIGTERM', () => process.exit(0));
