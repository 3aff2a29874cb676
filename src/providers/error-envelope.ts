import type { ProviderError } from '../core/exchange.ts';
import { asObject, parseJson, textAt, type JsonObject } from './tolerant-json.ts';

const MESSAGE_LIMIT = 300;

/**
 * The error a vendor's JSON holds, in any of the envelopes that model APIs use; undefined where it holds none. Never throws.
 *
 * | shape | read |
 * | --- | --- |
 * | `{"error": {"code", "type", "message"}}`, with or without `"type": "error"` around it | OpenAI, Anthropic, most others |
 * | `{"error": "text"}` | message |
 * | `{"code", "msg" or "message"}` with `success: false` or a code that is no success | Zhipu's own envelope |
 * | `{"base_resp": {"status_code", "status_msg"}}` with a code other than 0 | MiniMax's own envelope |
 * | message `[1302][text][request id]` | code and text (Z.AI's Anthropic endpoint, seen 2026-07) |
 * | a type that is a number (`"type": "1113"`) | code (Z.AI, early 2026) |
 * | a message that is itself a JSON error | the inner error (gateways in front of a vendor) |
 */
export function readErrorEnvelope(value: unknown, inStream: boolean): ProviderError | undefined {
  return readEnvelope(value, inStream, 0);
}

/**
 * The error in a response body. A text that is no JSON is an error only where the status says so, and is then quoted
 * without its markup (a proxy's or edge's HTML page).
 */
export function readErrorBody(status: number, body: string): ProviderError | undefined {
  const parsed = parseJson(body);
  // Google's streaming endpoints wrap the object in an array.
  const envelope: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  const error = readErrorEnvelope(envelope, false);
  if (error !== undefined || status < 400) return error;
  const plain = plainMessage(envelope);
  if (plain !== undefined) return readInner({ message: plain }, false, 0);
  const message = cleanMessage(body.replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' '));
  return message === '' ? undefined : { code: undefined, type: undefined, message, inStream: false };
}

/** At most 300 characters, control characters and runs of blanks made one blank. */
export function cleanMessage(text: string): string {
  // eslint-disable-next-line no-control-regex -- taking control characters out is the point
  const clean = text.slice(0, 4 * MESSAGE_LIMIT).replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return clean.trim().slice(0, MESSAGE_LIMIT);
}

function readEnvelope(value: unknown, inStream: boolean, depth: number): ProviderError | undefined {
  const envelope = asObject(value);
  if (envelope === undefined) return undefined;
  const inner = envelope['error'];
  if (typeof inner === 'string' && inner !== '') return readInner({ message: inner }, inStream, depth);
  const error = asObject(inner);
  if (error !== undefined && Object.keys(error).length > 0) return readInner(error, inStream, depth);
  const base = asObject(envelope['base_resp']);
  const baseCode = word(base?.['status_code']);
  if (baseCode !== undefined && baseCode !== '0') {
    return build(baseCode, undefined, textAt(base, 'status_msg') ?? '', inStream);
  }
  return readFlat(envelope, inStream, depth);
}

function plainMessage(envelope: unknown): string | undefined {
  return textAt(envelope, 'msg') ?? textAt(envelope, 'message') ?? textAt(envelope, 'detail');
}

const SUCCESS_CODES: ReadonlySet<string> = new Set(['0', '200']);

function readFlat(envelope: JsonObject, inStream: boolean, depth: number): ProviderError | undefined {
  const code = word(envelope['code']);
  const message = plainMessage(envelope);
  const failed = envelope['success'] === false || (code !== undefined && !SUCCESS_CODES.has(code));
  if (!failed || (message === undefined && code === undefined)) return undefined;
  return readInner({ code, message }, inStream, depth);
}

function readInner(error: JsonObject, inStream: boolean, depth: number): ProviderError {
  const message = textAt(error, 'message') ?? textAt(error, 'msg') ?? '';
  if (depth < 2 && message.startsWith('{')) {
    const nested = readEnvelope(parseJson(message), inStream, depth + 1);
    if (nested !== undefined) return nested;
  }
  // Google's word for the kind of error is its `status`.
  const type = word(error['type']) ?? (typeof error['status'] === 'string' ? word(error['status']) : undefined);
  const numericType = type !== undefined && /^\d+$/.test(type);
  const bracketed = /\[(\d{3,5})\]\[([\s\S]*?)\](?:\[[^\]]*\]|$)/.exec(message);
  const code = word(error['code']) ?? (numericType ? type : undefined) ?? bracketed?.[1];
  return build(code, numericType ? undefined : type, bracketed?.[2] ?? message, inStream);
}

function build(code: string | undefined, type: string | undefined, message: string, inStream: boolean): ProviderError {
  return { code, type, message: cleanMessage(message), inStream };
}

/** A code or type word as text; vendors use strings and numbers for the same code. */
function word(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? cleanMessage(value).slice(0, 80) : undefined;
}
