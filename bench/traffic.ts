/** What the bench sends: requests as a coding agent sends them, so that the relay reads and records each one. */

export const BENCH_PATH = '/zai/api/anthropic/v1/messages';

/** Field that tells the upstream to stream: `<events>,<ms between them>`. */
export const STREAM_FIELD = 'x-bench-stream';

/** A whole request; `bodyBytes` is met exactly. */
export function writeRequest(
  bodyBytes: number,
  { path = BENCH_PATH, fields: extra = [] }: { readonly path?: string; readonly fields?: readonly string[] } = {},
  stream?: { readonly events: number; readonly everyMs: number },
): Buffer {
  const body = writeBody(bodyBytes, stream !== undefined);
  const fields = [
    `POST ${path} HTTP/1.1`,
    ...extra,
    'Accept: application/json',
    'Authorization: Bearer sk-bench-000',
    'Content-Type: application/json',
    'User-Agent: claude-cli/2.1.330 (external, cli)',
    'anthropic-version: 2023-06-01',
    'x-app: cli',
    ...(stream === undefined ? [] : [`${STREAM_FIELD}: ${stream.events},${stream.everyMs}`]),
    'Connection: keep-alive',
    'Host: 127.0.0.1',
    `Content-Length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${fields.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

/** A conversation of turns of 4 KB, the newest one short. */
function writeBody(bytes: number, stream: boolean): Buffer {
  const turn = (role: string, length: number) => ({ role, content: 'x'.repeat(length) });
  const body = (messages: readonly unknown[]) =>
    JSON.stringify({ model: 'glm-4.7', max_tokens: 1024, stream, messages });
  const turns: { role: string; content: string }[] = [turn('user', 0)];
  while (body(turns).length + 4200 < bytes) turns.unshift(turn(turns.length % 2 === 1 ? 'assistant' : 'user', 4096));
  const missing = bytes - body(turns).length;
  turns[0]!.content += 'x'.repeat(Math.max(0, missing));
  return Buffer.from(body(turns));
}

/** The small answer to a plain request, with figures a tap can read. */
export const PLAIN_ANSWER = JSON.stringify({
  id: 'msg_bench',
  type: 'message',
  role: 'assistant',
  model: 'glm-4.7',
  content: [{ type: 'text', text: 'ok' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 500, cache_read_input_tokens: 0, output_tokens: 2 },
});

/** Events before, between and after the stamped ones. */
export const STREAM_OPENING =
  event('message_start', {
    message: {
      id: 'msg_bench',
      type: 'message',
      role: 'assistant',
      model: 'glm-4.7',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 500, output_tokens: 1 },
    },
  }) + event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } });

export const STREAM_CLOSING =
  event('content_block_stop', { index: 0 }) +
  event('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { input_tokens: 500, output_tokens: 60 } }) +
  event('message_stop', {});

/** One event that carries the instant it is sent at; `process.hrtime` is one clock for all processes of a machine. */
export function stampedEvent(now: bigint): string {
  return event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: `@${now}@` } });
}

/** Takes the stamps out of received text; `rest` may hold the beginning of one and goes before the next text. */
export function takeStamps(text: string): { readonly stamps: readonly bigint[]; readonly rest: string } {
  const stamps: bigint[] = [];
  let from = 0;
  for (;;) {
    const open = text.indexOf('@', from);
    if (open < 0) return { stamps, rest: '' };
    const close = text.indexOf('@', open + 1);
    if (close < 0) return { stamps, rest: text.slice(open) };
    stamps.push(BigInt(text.slice(open + 1, close)));
    from = close + 1;
  }
}

function event(type: string, fields: Readonly<Record<string, unknown>>): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}
