import type { Headers } from '../../core/provider.ts';

/** Start line and fields of one HTTP/1.x message, as they came. */
interface Head {
  readonly fields: Headers;
  /** Each field line without its CRLF, bytes kept as latin1, in order; `lines[i]` is `fields[i]`. */
  readonly lines: readonly string[];
  readonly minor: 0 | 1;
}

export interface RequestHead extends Head {
  readonly method: string;
  readonly target: string;
}

export interface ResponseHead extends Head {
  readonly status: number;
  readonly startLine: string;
}

export type HeadError = { readonly status: 400 | 431 | 501 | 505; readonly code: string; readonly message: string };
export type HeadReading<T> =
  | { readonly ok: true; readonly head: T }
  | { readonly ok: false; readonly error: HeadError };

/** Largest head accepted from either side; agents stay under 8 KB, vendors under 16 KB. */
export const MAX_HEAD_BYTES = 128 * 1024;

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Field content (RFC 9110 5.5): visible, space, tab and obs-text; no other control character. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const REQUEST_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([\x21-\x7e\x80-\xff]+) HTTP\/(\d)\.(\d)$/;
const STATUS_LINE = /^HTTP\/1\.([01]) (\d{3})(?: [\t\x20-\x7e\x80-\xff]*)?$/;

/**
 * Index just past the empty line that ends a head, or -1 while it has not come.
 * `from` is where the search may begin (bytes before it were searched already).
 */
export function headEnd(bytes: Buffer, from = 0): number {
  const at = bytes.indexOf('\r\n\r\n', Math.max(0, from - 3), 'latin1');
  return at < 0 ? -1 : at + 4;
}

/**
 * Reads a request head strictly (RFC 9112 2-5): bare CR or LF, folded lines, space before a colon and control
 * characters are refused, since two readers that differ on them can be played against each other (request smuggling).
 * Never throws.
 */
export function readRequestHead(bytes: Buffer): HeadReading<RequestHead> {
  const [start, ...lines] = splitLines(bytes);
  const line = REQUEST_LINE.exec(start ?? '');
  if (line === null) return refuse(400, 'bad-request-line', 'The request line is not HTTP/1.1.');
  if (line[3] !== '1' || (line[4] !== '0' && line[4] !== '1')) {
    return refuse(505, 'http-version', 'Only HTTP/1.0 and HTTP/1.1 are spoken here.');
  }
  const fields = readFields(lines);
  if (fields === undefined) return refuse(400, 'bad-header', 'A header line is not well-formed.');
  return { ok: true, head: { method: line[1]!, target: line[2]!, minor: line[4] === '0' ? 0 : 1, fields, lines } };
}

/** Reads a response head as strictly as a request's. Never throws. */
export function readResponseHead(bytes: Buffer): HeadReading<ResponseHead> {
  const [startLine, ...lines] = splitLines(bytes);
  const line = STATUS_LINE.exec(startLine ?? '');
  if (line === null) return refuse(400, 'bad-status-line', 'The status line is not HTTP/1.1.');
  const fields = readFields(lines);
  if (fields === undefined) return refuse(400, 'bad-header', 'A header line is not well-formed.');
  return {
    ok: true,
    head: { status: Number(line[2]), startLine: startLine!, minor: line[1] === '0' ? 0 : 1, fields, lines },
  };
}

/** Lines of a head (the closing empty one left out). A bare CR or LF stays inside its line, where no pattern allows it. */
function splitLines(bytes: Buffer): string[] {
  return bytes.toString('latin1', 0, bytes.length - 4).split('\r\n');
}

function readFields(lines: readonly string[]): Headers | undefined {
  const fields: [string, string][] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    if (colon < 1 || !TOKEN.test(name)) return undefined;
    const value = line.slice(colon + 1);
    if (!VALUE.test(value)) return undefined;
    fields.push([name, value.trim()]);
  }
  return fields;
}

function refuse(status: HeadError['status'], code: string, message: string): { ok: false; error: HeadError } {
  return { ok: false, error: { status, code, message } };
}
