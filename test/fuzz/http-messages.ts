import * as fc from 'fast-check';

/** One generated message with what each end has to see of it. Text is latin1: one character is one byte. */
export interface GeneratedMessage {
  /** Bytes as the sender writes them. */
  readonly sent: string;
  /** Bytes as the other end must get them; `HOST` stands for the upstream's own Host. */
  readonly arrives: string;
}

export interface GeneratedRequest extends GeneratedMessage {
  readonly method: string;
}

export interface GeneratedResponse extends GeneratedMessage {
  /** The body ends with the connection. */
  readonly untilClose: boolean;
}

export const HOST = '\0HOST\0';

const TOKEN = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const FRAMING_OR_HOP = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const bytesOf = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCharCode(from + i)).join('');
const VISIBLE = bytesOf(0x21, 0x7e);
const OBS_TEXT = bytesOf(0x80, 0xff);

const textOf = (alphabet: string, minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet.split('')), minLength, maxLength });
const token = (max: number): fc.Arbitrary<string> => textOf(TOKEN, 1, max);
const fieldName = token(20).filter((name) => !FRAMING_OR_HOP.has(name.toLowerCase()));
const fieldValue = fc.oneof(
  { weight: 8, arbitrary: textOf(`${VISIBLE} \t`, 0, 40) },
  { weight: 2, arbitrary: textOf(`${VISIBLE}${OBS_TEXT}`, 0, 40) },
  { weight: 1, arbitrary: fc.integer({ min: 1000, max: 40_000 }).map((length) => 'v'.repeat(length)) },
);
const blank = fc.constantFrom('', ' ', '  ', '\t', ' \t ');
const fieldLine = fc
  .tuple(fieldName, blank, fieldValue, blank)
  .map(([name, before, value, after]) => ({ name, line: `${name}:${before}${value}${after}` }));
/** Trailers are followed up to 16 KB a line. */
const trailerLine = fc.tuple(fieldName, textOf(VISIBLE, 0, 40)).map(([name, value]) => `${name}: ${value}\r\n`);
const content = fc.oneof(
  textOf(bytesOf(0, 0xff), 0, 60),
  fc.integer({ min: 0, max: 120_000 }).map((length) => 'b'.repeat(length)),
);

/** A body with the field that frames it. */
interface Framed {
  readonly field: string;
  readonly body: string;
}

const lengthBody = content.map((body): Framed => ({ field: `Content-Length: ${body.length}`, body }));
const extension = fc.oneof(
  fc.constant(''),
  token(10).map((name) => `;${name}`),
  fc.tuple(token(8), token(8)).map(([name, value]) => `;${name}=${value}`),
  fc.constant(' ;q="a;\\"b"'),
);
const chunk = fc
  .tuple(
    content.filter(({ length }) => length > 0),
    fc.boolean(),
    fc.integer({ min: 0, max: 6 }),
    extension,
  )
  .map(([body, upper, zeros, extra]) => {
    const digits = body.length.toString(16);
    return `${'0'.repeat(zeros)}${upper ? digits.toUpperCase() : digits}${extra}\r\n${body}\r\n`;
  });
const chunkedBody = fc
  .tuple(
    fc.array(chunk, { maxLength: 6 }),
    fc.constantFrom('0', '000'),
    extension,
    fc.array(trailerLine, { maxLength: 3 }),
  )
  .map(([chunks, last, extra, trailers]): Framed => ({
    field: 'Transfer-Encoding: chunked',
    body: `${chunks.join('')}${last}${extra}\r\n${trailers.join('')}\r\n`,
  }));
const noBody = fc.constant<Framed>({ field: '', body: '' });

const hopLine = fc.constantFrom(
  'Connection: keep-alive',
  'Keep-Alive: timeout=5, max=100',
  'TE: trailers',
  'Proxy-Connection: keep-alive',
  'connection: X-Gone',
  'CONNECTION: x-gone , Keep-Alive',
);

const method = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD') },
  { weight: 1, arbitrary: token(12).filter((word) => word !== 'CONNECT' && word !== 'PRI') },
);
const target = textOf(`${VISIBLE}${OBS_TEXT}`, 0, 60).map((rest) => `/v1/messages/${rest}`);

/** Requests on one kept connection: legal, some odd. */
export const request: fc.Arbitrary<GeneratedRequest> = fc
  .record({
    method,
    target,
    host: fc.constantFrom('127.0.0.1:7526', 'localhost:7526', 'localhost'),
    hostName: fc.constantFrom('Host', 'host', 'HOST'),
    before: fc.array(fieldLine, { maxLength: 4 }),
    after: fc.array(fieldLine, { maxLength: 6 }),
    hop: fc.array(hopLine, { maxLength: 2 }),
    framed: fc.oneof(noBody, lengthBody, chunkedBody),
    gone: fc.boolean(),
  })
  .map((made) => {
    const named = made.hop.some((line) => /x-gone/i.test(line));
    const gone = made.gone ? ['X-Gone: with the connection'] : [];
    const own = (fields: readonly { readonly name: string; readonly line: string }[]): string[] =>
      fields.map(({ line }) => line);
    const framing = made.framed.field === '' ? [] : [made.framed.field];
    const sent = [
      ...own(made.before),
      `${made.hostName}: ${made.host}`,
      ...gone,
      ...made.hop,
      ...own(made.after),
      ...framing,
    ];
    const kept = named ? [] : gone;
    const arrives = [...own(made.before), `${made.hostName}: ${HOST}`, ...kept, ...own(made.after), ...framing];
    return {
      method: made.method,
      sent: `${made.method} /zai${made.target} HTTP/1.1\r\n${sent.join('\r\n')}\r\n\r\n${made.framed.body}`,
      arrives: `${made.method} ${made.target} HTTP/1.1\r\n${arrives.join('\r\n')}\r\n\r\n${made.framed.body}`,
    };
  });

const reason = fc.oneof(
  fc.constant(' '),
  textOf(`${VISIBLE}${OBS_TEXT} \t`, 0, 20).map((words) => ` ${words}`),
);
const interim = fc
  .tuple(fc.constantFrom(100, 102, 103), fc.array(fieldLine, { maxLength: 2 }))
  .map(([status, fields]) => `HTTP/1.1 ${status} Wait\r\n${fields.map(({ line }) => `${line}\r\n`).join('')}\r\n`);

/** An answer to a request with this method. */
export function responseTo(asked: string): fc.Arbitrary<GeneratedResponse> {
  return fc
    .record({
      status: fc.oneof(
        { weight: 3, arbitrary: fc.constant(200) },
        fc.constantFrom(204, 304),
        fc.integer({ min: 200, max: 599 }),
      ),
      reason,
      interims: fc.array(interim, { maxLength: 2 }),
      fields: fc.array(fieldLine, { maxLength: 6 }),
      framed: fc.oneof(
        lengthBody,
        chunkedBody,
        content.map((body): Framed => ({ field: '', body })),
      ),
      keepAlive: fc.boolean(),
    })
    .map((made) => {
      const bodiless = asked === 'HEAD' || made.status === 204 || made.status === 304;
      // A length or a coding beside no body is legal for HEAD and 304 only.
      const field = made.status === 204 ? '' : made.framed.field;
      const untilClose = !bodiless && field === '';
      const lines = [...made.fields.map(({ line }) => line), ...(field === '' ? [] : [field])];
      const hop = made.keepAlive && !untilClose ? ['Keep-Alive: timeout=9'] : [];
      const head = `HTTP/1.1 ${made.status}${made.reason}\r\n`;
      const text = (all: readonly string[]): string => `${head}${all.map((line) => `${line}\r\n`).join('')}\r\n`;
      const body = bodiless ? '' : made.framed.body;
      const before = made.interims.join('');
      return {
        untilClose,
        sent: `${before}${text([...lines, ...hop])}${body}`,
        arrives: `${before}${text(untilClose ? [...lines, 'Connection: close'] : lines)}${body}`,
      };
    });
}

/** Where a message is cut into writes: shares of its length. */
export const cuts: fc.Arbitrary<readonly number[]> = fc.oneof(
  fc.constant([]),
  fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
);

/** The pieces of `text` between the cuts, none empty. */
export function pieces(text: string, at: readonly number[]): readonly Buffer[] {
  const places = [0, ...at.map((share) => Math.floor(share * text.length)).toSorted((a, b) => a - b), text.length];
  return places
    .slice(1)
    .map((to, i) => Buffer.from(text.slice(places[i], to), 'latin1'))
    .filter(({ length }) => length > 0);
}
