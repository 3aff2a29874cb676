import { createServer } from 'node:net';
import { listen } from './loopback.ts';

/** Below what systems give out by themselves (Linux from 32768, others from 49152), so that no connection takes it meanwhile. */
const LOWEST = 20_000;
const HIGHEST = 32_767;

const given = new Set<number>();

/** A port of 127.0.0.1 on which nobody listens now; another one at each call. For programs that cannot be told to take any. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1));
    if (given.has(port)) continue;
    given.add(port);
    const server = createServer();
    const free = await listen(server, port).then(
      () => true,
      () => false,
    );
    if (!free) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
