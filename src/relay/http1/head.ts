import type { Headers } from '../../core/provider.ts';

/** Start line and fields of one HTTP/1.x message, as they came. */
export interface Head {
  /** The whole head as latin1, its closing empty line included. */
  readonly text: string;
  /** Field lines in order. */
  readonly lines: readonly HeadLine[];
  readonly minor: 0 | 1;
}

/** One field line: `text.slice(at, colon)` is its name, `text.slice(colon + 1, end)` its value, CRLF stands at `end`. */
export interface HeadLine {
  readonly at: number;
  readonly colon: number;
  readonly end: number;
  /** Which of the fields it is that decide framing, routing or connections; undefined for all others. */
  readonly known: KnownField | undefined;
}

/** Lower-case names of the fields that forwarding looks at. */
export type KnownField =
  | 'host'
  | 'origin'
  | 'connection'
  | 'keep-alive'
  | 'proxy-connection'
  | 'proxy-authorization'
  | 'te'
  | 'upgrade'
  | 'content-length'
  | 'transfer-encoding';

export interface RequestHead extends Head {
  readonly method: string;
  readonly target: string;
}

export interface ResponseHead extends Head {
  readonly status: number;
}

export type HeadError = { readonly status: 400 | 431 | 501 | 505; readonly code: string; readonly message: string };
export type HeadReading<T> =
  | { readonly ok: true; readonly head: T }
  | { readonly ok: false; readonly error: HeadError };

/** Largest head accepted from either side; agents stay under 8 KB, vendors under 16 KB. */
export const MAX_HEAD_BYTES = 128 * 1024;

const REQUEST_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([\x21-\x7e\x80-\xff]+) HTTP\/(\d)\.(\d)$/;
const STATUS_LINE = /^HTTP\/1\.([01]) (\d{3})(?: [\t\x20-\x7e\x80-\xff]*)?$/;

const KNOWN = new Map<string, KnownField>(
  (
    [
      'host',
      'origin',
      'connection',
      'keep-alive',
      'proxy-connection',
      'proxy-authorization',
      'te',
      'upgrade',
      'content-length',
      'transfer-encoding',
    ] as const
  ).map((name) => [name, name]),
);
const KNOWN_LENGTHS = new Set([...KNOWN.keys()].map((name) => name.length));

const TOKEN = 1;
const VALUE = 2;
/** What each byte may stand in: a name (RFC 9110 5.6.2), a value (5.5: visible, space, tab and obs-text), both or neither. */
const PLACES = Uint8Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  return (/[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(char) ? TOKEN : 0) | (/[\t\x20-\x7e\x80-\xff]/.test(char) ? VALUE : 0);
});
const COLON = 58;
const CR = 13;
const LF = 10;

/**
 * Index just past the empty line that ends a head, or -1 while it has not come.
 * `from` is where the search may begin (bytes before it were searched already).
 */
export function headEnd(bytes: Buffer, from = 0): number {
  const at = bytes.indexOf('\r\n\r\n', Math.max(0, from - 3), 'latin1');
  return at < 0 ? -1 : at + 4;
}

/**
 * Reads the request head in the first `length` bytes strictly (RFC 9112 2-5): bare CR or LF, folded lines, space before a
 * colon and control characters are refused, since two readers that differ on them can be played against each other (request
 * smuggling). Never throws.
 */
export function readRequestHead(bytes: Buffer, length: number): HeadReading<RequestHead> {
  const text = bytes.toString('latin1', 0, length);
  const first = text.indexOf('\r\n');
  const line = REQUEST_LINE.exec(text.slice(0, first));
  if (line === null) return refuse(400, 'bad-request-line', 'The request line is not HTTP/1.1.');
  if (line[3] !== '1' || (line[4] !== '0' && line[4] !== '1')) {
    return refuse(505, 'http-version', 'Only HTTP/1.0 and HTTP/1.1 are spoken here.');
  }
  const lines = readLines(bytes, text, first + 2);
  if (lines === undefined) return refuse(400, 'bad-header', 'A header line is not well-formed.');
  const minor = line[4] === '0' ? 0 : 1;
  return { ok: true, head: { method: line[1]!, target: line[2]!, text, lines, minor } };
}

/** Reads a response head as strictly as a request's. Never throws. */
export function readResponseHead(bytes: Buffer, length: number): HeadReading<ResponseHead> {
  const text = bytes.toString('latin1', 0, length);
  const first = text.indexOf('\r\n');
  const line = STATUS_LINE.exec(text.slice(0, first));
  if (line === null) return refuse(400, 'bad-status-line', 'The status line is not HTTP/1.1.');
  const lines = readLines(bytes, text, first + 2);
  if (lines === undefined) return refuse(400, 'bad-header', 'A header line is not well-formed.');
  const minor = line[1] === '0' ? 0 : 1;
  return { ok: true, head: { status: Number(line[2]), text, lines, minor } };
}

/** Value of a line without the white space around it (RFC 9112 5.1: space and tab, nothing else). */
export function valueOf({ text }: Head, { colon, end }: HeadLine): string {
  return trimmed(text, colon + 1, end);
}

/** Values of all lines of a known field, in order. */
export function valuesOf(head: Head, known: KnownField): string[] {
  const values: string[] = [];
  for (const line of head.lines) if (line.known === known) values.push(valueOf(head, line));
  return values;
}

/** The fields as names and values: what watching reads, made once the bytes are on their way. */
export function fieldsOf({ text, lines }: Head): Headers {
  return lines.map(({ at, colon, end }) => [text.slice(at, colon), trimmed(text, colon + 1, end)]);
}

/** Lines from `from` to the closing empty one; undefined where one of them is not well-formed. */
function readLines(bytes: Buffer, text: string, from: number): HeadLine[] | undefined {
  const lines: HeadLine[] = [];
  const last = text.length - 2;
  for (let at = from; at < last;) {
    let colon = at;
    while ((PLACES[bytes[colon]!]! & TOKEN) !== 0) colon += 1;
    if (colon === at || bytes[colon] !== COLON) return undefined;
    let end = colon + 1;
    while ((PLACES[bytes[end]!]! & VALUE) !== 0) end += 1;
    if (bytes[end] !== CR || bytes[end + 1] !== LF) return undefined;
    const known = KNOWN_LENGTHS.has(colon - at) ? KNOWN.get(text.slice(at, colon).toLowerCase()) : undefined;
    lines.push({ at, colon, end, known });
    at = end + 2;
  }
  return lines;
}

function trimmed(text: string, from: number, to: number): string {
  let [start, end] = [from, to];
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9;
}

function refuse(status: HeadError['status'], code: string, message: string): { ok: false; error: HeadError } {
  return { ok: false, error: { status, code, message } };
}
