import type { ErrorCatalogue } from '../core/error-code.ts';
import type { ProviderError } from '../core/exchange.ts';
import type { Failure } from '../core/incident.ts';
import { embeddedJson } from './embedded-json.ts';
import { readReset, readRetryAfter } from './read-times.ts';
import { recognise } from './recognise.ts';
import { redact } from './redact.ts';

export interface ReadingDeps {
  /** Reads a vendor's error envelope out of a body; undefined where it holds none. Never throws. */
  readonly readError: (status: number, body: string) => ProviderError | undefined;
  readonly catalogues: readonly ErrorCatalogue[];
}

export interface Known {
  readonly status?: number | undefined;
  readonly providerId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  /** Instant of the failure, for times that name no year or zone. */
  readonly now?: number | undefined;
}

/** Longer texts are cut: an error says what it is at its beginning. */
const LONGEST = 65_536;

/**
 * A failure from whatever text there is: a bare code, a body of JSON in any envelope, an event stream with an error in it, a
 * line pasted from a terminal (`API Error: Request rejected (429) · [1313][…][id]`), a page of markup, or words only.
 *
 * The first of these that gives something is taken: the whole text as a code; JSON, in `data:` lines first; `[code][words][id]`;
 * `code 1302`, `"code":"1302"` in a JSON that is cut off, a code in brackets at the end; words. Never throws.
 */
export function readFailure(input: string, deps: ReadingDeps, known: Known = {}): Failure {
  const body = input.slice(0, LONGEST).trim();
  const markup = /<(!doctype\s+html|html|head|body|title)\b/i.test(body);
  const found = readCode(body, deps);
  const status = known.status ?? found.status ?? statusIn(body);
  const failure: Failure = {
    providerId: known.providerId,
    status,
    code: found.code,
    type: found.type,
    message: redact(found.message).slice(0, 300),
    hints: hintsIn(body),
    resetsAt: undefined,
    retryAfterMs: known.retryAfterMs ?? readRetryAfter(body),
    requestId: requestIdIn(body),
    inStream: found.inStream,
    markup: markup && found.code === undefined,
  };
  const offset = recognise(failure, deps.catalogues)?.catalogue.messageUtcOffset ?? '+00:00';
  return { ...failure, resetsAt: readReset(body, offset, known.now) };
}

interface Found {
  readonly code: string | undefined;
  readonly type: string | undefined;
  readonly message: string;
  readonly inStream: boolean;
  readonly status?: number | undefined;
}

function readCode(body: string, deps: ReadingDeps): Found {
  if (/^[A-Za-z]*[\w.-]{2,63}$/.test(body) && !/^\d{1,2}$/.test(body)) return bareCode(body);
  for (const { value, inStream } of embeddedJson(body)) {
    // As if the status were 200: then only what is an error by itself is taken, not every event of a stream.
    const error = deps.readError(200, JSON.stringify(value));
    if (error === undefined) continue;
    const inside = error.code === undefined ? bracketed(error.message) : undefined;
    const ended = error.code ?? inside?.code ?? codeAtEnd(error.message);
    const code = ended ?? undefined;
    const asStatus = code !== undefined && /^[45]\d\d$/.test(code) ? Number(code) : undefined;
    return {
      code,
      type: error.type,
      message: inside?.message ?? error.message,
      inStream,
      status: numberAt(value, 'status') ?? numberAt(value, 'statusCode') ?? asStatus,
    };
  }
  const plain = plainText(body);
  const inside = bracketed(plain);
  if (inside !== undefined) return { ...inside, type: undefined, inStream: false };
  return { code: codeInWords(plain), type: typeInWords(plain), message: plain, inStream: false };
}

function bareCode(body: string): Found {
  const named = /^(?:http|HTTP)[-_]?(\d{3})$/.exec(body)?.[1];
  const asStatus = named ?? /^[45]\d\d$/.exec(body)?.[0];
  return {
    code: named === undefined ? body : undefined,
    type: undefined,
    message: '',
    inStream: false,
    ...(asStatus === undefined ? {} : { status: Number(asStatus) }),
  };
}

/** `[1302][Rate limit reached for requests][20260709…]` anywhere in a text; the last part may be cut off. */
function bracketed(text: string): { code: string; message: string } | undefined {
  const [, code, message] = /\[(\d{3,5})\]\s?\[([^\]]*)(?:\]|$)/.exec(text) ?? [];
  return code === undefined ? undefined : { code, message: message ?? '' };
}

/** `… reached for Token Plan (2056)` */
function codeAtEnd(message: string): string | undefined {
  return /\((\d{4})\)\W*$/.exec(message)?.[1];
}

function codeInWords(text: string): string | undefined {
  const named = text.matchAll(
    /\\?["']?\b(?:error_?code|status_code|code)\\?["']?\s*[:=]\s*\\?["']?([A-Za-z0-9][\w.-]{2,63})/gi,
  );
  // Programs call an HTTP status a code as well.
  const own = [...named].map((match) => match[1]!).find((code) => !/^[1-5]\d\d$/.test(code));
  return (
    own ??
    /\b(?:error\s+code|code|error)\s+\(?#?(\d{4})\b/i.exec(text)?.[1] ??
    /\[(\d{4})\]/.exec(text)?.[1] ??
    codeAtEnd(text) ??
    /^\s*(\d{4})\b(?=\s*[:\s-])/.exec(text)?.[1]
  );
}

function typeInWords(text: string): string | undefined {
  return (
    /\\?["']?type\\?["']?\s*[:=]\s*\\?["']?([a-z_]+_error|usage_limit_reached)/i.exec(text)?.[1] ??
    /\b((?:[a-z]+_)+error)\b/.exec(text)?.[1]
  );
}

/** An HTTP status as programs print it. A bare number counts only at the start of the text. */
function statusIn(text: string): number | undefined {
  const plain = text.slice(0, 2_000);
  const found =
    /\bHTTP(?:\/[\d.]+)?\s+([1-5]\d\d)\b/i.exec(plain) ??
    /\bstatus(?:[ _]?code)?["']?\s*[:=]?\s*([1-5]\d\d)\b/i.exec(plain) ??
    /\bAPI Error:\s*(?:Request rejected\s*)?\(?([45]\d\d)\b/i.exec(plain) ??
    /\((?:HTTP\s*)?([45]\d\d)\)/.exec(plain) ??
    /<title>\s*([45]\d\d)\b/i.exec(plain) ??
    /^\W*([45]\d\d)\b(?!\.)/.exec(plain) ??
    /\b(?:error|code)\s*:?\s*([45]\d\d)\b/i.exec(plain);
  return found === null ? undefined : Number(found[1]);
}

/** Words beside the message that tell: reasons, quota names, who set a limit, a bot wall's header. */
function hintsIn(body: string): readonly string[] {
  const hints = [
    ...body.matchAll(
      /\\?"(?:reason|quotaId|quotaMetric|limit_source|overage-disabled-reason|plan_type)\\?"\s*:\s*\\?"([^"\\]{1,120})/g,
    ),
  ].map((match) => match[1]!.toLowerCase());
  if (/cf-mitigated/i.test(body)) hints.push('cf-mitigated');
  return [...new Set(hints)].slice(0, 12);
}

function requestIdIn(body: string): string | undefined {
  return (
    /\\?"request[_-]?id\\?"\s*:\s*\\?"([\w-]{6,80})/i.exec(body)?.[1] ??
    /\[\d{3,5}\]\s?\[[^\]]*\]\[([\w-]{6,80})\]?/.exec(body)?.[1] ??
    /\brequest[ _-]?id[:=\s]+([\w-]{8,80})/i.exec(body)?.[1]
  );
}

function plainText(body: string): string {
  return (
    body
      .replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
      .replace(/<[^>]{0,500}>/g, ' ')
      // eslint-disable-next-line no-control-regex -- taking control characters out is the point
      .replace(/\u001b\[[\d;]*m|[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
      .trim()
      .slice(0, 2_000)
  );
}

function numberAt(value: unknown, key: string): number | undefined {
  const found = (value as Readonly<Record<string, unknown>>)[key];
  return typeof found === 'number' && found >= 100 && found < 600 ? found : undefined;
}
