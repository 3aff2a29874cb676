// The bench's upstream, in a process of its own: raw sockets, so that it is never the slowest part.
import { createServer, type Socket } from 'node:net';
import { listen } from '../test/support/loopback.ts';
import { PLAIN_ANSWER, STREAM_CLOSING, STREAM_FIELD, STREAM_OPENING, stampedEvent } from './traffic.ts';

const HEAD_END = '\r\n\r\n';
const PLAIN = Buffer.from(
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${PLAIN_ANSWER.length}\r\n\r\n${PLAIN_ANSWER}`,
);
const STREAM_HEAD =
  'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n';
const NOT_HERE = 'HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';

const server = createServer({ noDelay: true }, serve);
const port = await listen(server);
console.log(`listening on http://127.0.0.1:${port}`);
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));

function serve(socket: Socket): void {
  let unread = '';
  let head = '';
  let bodyLeft = 0;
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (bodyLeft === 0) {
        const end = chunk.indexOf(HEAD_END, at);
        const upTo = end < 0 ? chunk.length : end + HEAD_END.length;
        unread += chunk.toString('latin1', at, upTo);
        at = upTo;
        if (end < 0) return; // The rest of the head is still to come.
        head = unread;
        unread = '';
        bodyLeft = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      } else {
        const taken = Math.min(bodyLeft, chunk.length - at);
        bodyLeft -= taken;
        at += taken;
      }
      if (bodyLeft === 0) answer(socket, head);
    }
  });
}

function answer(socket: Socket, head: string): void {
  if (!head.startsWith('POST')) {
    socket.write(NOT_HERE);
    return;
  }
  const stream = new RegExp(`${STREAM_FIELD}: *(\\d+),(\\d+)`, 'i').exec(head);
  if (stream === null) socket.write(PLAIN);
  else drip(socket, Number(stream[1]), Number(stream[2]));
}

function drip(socket: Socket, events: number, everyMs: number): void {
  let left = events;
  socket.write(STREAM_HEAD + chunked(STREAM_OPENING));
  const next = (): void => {
    if (socket.destroyed) return;
    if (left === 0) {
      socket.write(`${chunked(STREAM_CLOSING)}0\r\n\r\n`);
      return;
    }
    left -= 1;
    socket.write(chunked(stampedEvent(process.hrtime.bigint())));
    setTimeout(next, everyMs);
  };
  setTimeout(next, Math.random() * everyMs); // Spread over the interval, as independent agents are.
}

function chunked(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}
