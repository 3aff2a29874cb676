/** Where HTTP/1.1 messages end, found by RFC 9112 section 6. Pure; enough for well-formed test traffic. */

const HEAD_END = Buffer.from('\r\n\r\n');

/** Head and body of one whole message as they stood on the wire. */
export interface RawMessage {
  /** Start line and fields, the empty line included. */
  readonly head: Buffer;
  /** Body with its transfer coding still on (chunk sizes and trailers included). */
  readonly body: Buffer;
}

/** The first whole request in `bytes`; undefined where it has not all come yet. */
export function takeRequest(bytes: Buffer): RawMessage | undefined {
  return take(bytes, (head) => bodyLength(head, 0));
}

/**
 * The first whole response in `bytes`, interim (1xx) ones counted as responses of their own.
 * Undefined where it has not all come yet, or where it ends only with the connection.
 */
export function takeResponse(bytes: Buffer, requestMethod: string): RawMessage | undefined {
  return take(bytes, (head) => {
    const status = Number(/^HTTP\/1\.\d (\d{3})/.exec(head)?.[1]);
    const bodiless = requestMethod === 'HEAD' || status < 200 || status === 204 || status === 304;
    return bodiless ? 0 : bodyLength(head, 'until-close');
  });
}

/** True for a head whose status is 1xx: another response follows on the same request. */
export function isInterim(message: RawMessage): boolean {
  return /^HTTP\/1\.\d 1\d\d/.test(message.head.toString('latin1'));
}

/** Fields of a head, `[name, value]` in order, case kept, blanks around the value removed. */
export function rawFields(head: Buffer): readonly (readonly [name: string, value: string])[] {
  const lines = head.toString('latin1').split('\r\n').slice(1);
  return lines
    .filter((line) => line.includes(':'))
    .map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
    });
}

/** A chunked body with its framing taken off; trailers are dropped. Undefined where the last chunk is missing. */
export function dechunk(body: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    if (size === 0) return Buffer.concat(parts);
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}

type BodyLength = number | 'chunked' | 'until-close';

function take(bytes: Buffer, lengthOf: (head: string) => BodyLength): RawMessage | undefined {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const bodyStart = end + HEAD_END.length;
  const length = lengthOf(bytes.toString('latin1', 0, bodyStart));
  if (length === 'until-close') return undefined;
  const bodyEnd = length === 'chunked' ? chunkedEnd(bytes, bodyStart) : bodyStart + length;
  if (bodyEnd === undefined || bytes.length < bodyEnd) return undefined;
  return { head: bytes.subarray(0, bodyStart), body: bytes.subarray(bodyStart, bodyEnd) };
}

function bodyLength(head: string, otherwise: BodyLength): BodyLength {
  if (/^transfer-encoding:.*chunked\s*$/im.test(head)) return 'chunked';
  const length = /^content-length:\s*(\d+)\s*$/im.exec(head)?.[1];
  return length === undefined ? otherwise : Number(length);
}

function chunkedEnd(bytes: Buffer, start: number): number | undefined {
  let at = start;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (size > 0) {
      at = lineEnd + 2 + size + 2;
      continue;
    }
    const trailersStart = lineEnd;
    const end = bytes.indexOf(HEAD_END, trailersStart);
    return end < 0 ? undefined : end + HEAD_END.length;
  }
}
