import { valuesOf, type HeadError, type RequestHead, type ResponseHead } from './head.ts';

/** How the end of a body is known (RFC 9112 6.3). */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' };

export type FramingReading =
  | { readonly ok: true; readonly framing: Framing }
  | { readonly ok: false; readonly error: HeadError };

const NONE: FramingReading = { ok: true, framing: { kind: 'none' } };
const CHUNKED: FramingReading = { ok: true, framing: { kind: 'chunked' } };
const UNTIL_CLOSE: FramingReading = { ok: true, framing: { kind: 'until-close' } };

/**
 * Framing of a request. Anything two readers could understand in two ways is refused: Content-Length beside
 * Transfer-Encoding, several Content-Lengths, a coding other than exactly `chunked`, chunked in HTTP/1.0.
 */
export function requestFraming(head: RequestHead): FramingReading {
  const codings = valuesOf(head, 'transfer-encoding');
  const lengths = valuesOf(head, 'content-length');
  if (codings.length === 0) return lengths.length === 0 ? NONE : lengthFraming(lengths);
  if (lengths.length > 0)
    return refuse(400, 'length-and-chunked', 'Content-Length and Transfer-Encoding exclude each other.');
  if (head.minor === 0) return refuse(400, 'chunked-http10', 'HTTP/1.0 has no Transfer-Encoding.');
  if (codings.length !== 1 || codings[0]!.toLowerCase() !== 'chunked') {
    return refuse(501, 'transfer-coding', 'The only transfer coding spoken here is chunked.');
  }
  return CHUNKED;
}

/** Framing of a response to a request with `method`; the same doubts are refused, since the agent may read them otherwise. */
export function responseFraming(head: ResponseHead, method: string): FramingReading {
  const codings = valuesOf(head, 'transfer-encoding');
  const lengths = valuesOf(head, 'content-length');
  if (codings.length > 0 && lengths.length > 0) {
    return refuse(400, 'length-and-chunked', 'Content-Length and Transfer-Encoding exclude each other.');
  }
  if (method === 'HEAD' || head.status === 204 || head.status === 304 || head.status < 200) return NONE;
  if (codings.length > 0) {
    const chunked = codings.length === 1 && codings[0]!.toLowerCase() === 'chunked';
    return chunked && head.minor === 1
      ? CHUNKED
      : refuse(501, 'transfer-coding', 'The only transfer coding spoken here is chunked.');
  }
  return lengths.length === 0 ? UNTIL_CLOSE : lengthFraming(lengths);
}

function lengthFraming(lengths: readonly string[]): FramingReading {
  const [value] = lengths;
  if (lengths.length !== 1 || !/^\d{1,15}$/.test(value!)) {
    return refuse(400, 'content-length', 'Content-Length must be one number.');
  }
  return { ok: true, framing: { kind: 'length', length: Number(value) } };
}

function refuse(status: HeadError['status'], code: string, message: string): FramingReading {
  return { ok: false, error: { status, code, message } };
}
