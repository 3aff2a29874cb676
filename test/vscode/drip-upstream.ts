import { createServer } from 'node:http';

/** An upstream that answers every request slowly: what a stream looks like while a window comes and goes. */
export interface DripUpstream {
  readonly url: string;
  /** Every whole answer, byte for byte. */
  readonly answer: string;
  close(): Promise<void>;
}

const EVENTS = 100;
const EVERY_MS = 100;

/** Answers with 100 server-sent events over 10 s. */
export async function startDripUpstream(): Promise<DripUpstream> {
  const events = Array.from({ length: EVENTS }, (_, i) => `event: ping\ndata: {"type":"ping","n":${i}}\n\n`);
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let next = 0;
    const timer = setInterval(() => {
      response.write(events[next++]);
      if (next < events.length) return;
      clearInterval(timer);
      response.end();
    }, EVERY_MS);
    response.on('close', () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the upstream has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    answer: events.join(''),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
