import { createParser, type EventSourceParser } from 'eventsource-parser';
import type { ProviderError } from '../core/exchange.ts';
import { header, type Dialect, type Headers, type Provider, type ResponseReading } from '../core/provider.ts';
import type { RateLimit } from '../core/rate-limit.ts';

/** What is known of a response before its body comes. */
export interface TapSubject {
  readonly provider: Provider;
  readonly dialect: Dialect | undefined;
  readonly status: number;
  readonly headers: Headers;
  readonly now: () => number;
}

/** What a body said, limits in it included. */
export interface TapReading extends ResponseReading {
  readonly limits: readonly RateLimit[];
}

/** Takes decoded payload; `finish` gives the reading. May throw: the tap around it catches. */
export interface Sink {
  push(payload: Buffer): void;
  finish(whole: boolean): TapReading;
}

/** Largest JSON body that is parsed, and largest single event that is waited for. */
const MAX_JSON_BYTES = 4 * 1024 * 1024;
const MAX_EVENT_CHARS = 4 * 1024 * 1024;
const MAX_ERROR_BYTES = 64 * 1024;

/** Undefined where nothing can be learned from the body. */
export function createSink(subject: TapSubject): Sink | undefined {
  if (subject.status >= 400) return createErrorSink(subject);
  if (subject.dialect === undefined) return undefined;
  const type = header(subject.headers, 'content-type') ?? '';
  return type.startsWith('text/event-stream')
    ? createEventSink(subject, subject.dialect)
    : createJsonSink(subject, subject.dialect);
}

function createEventSink({ provider, now }: TapSubject, dialect: Dialect): Sink {
  const reader = dialect.createReader();
  const text = new TextDecoder('utf-8');
  let limits: readonly RateLimit[] = [];
  const parser: EventSourceParser = createParser({
    onEvent({ event, data }) {
      reader.event(event, data);
      const said = provider.readBodyLimits?.(data, now()) ?? [];
      if (said.length > 0) limits = said;
    },
    maxBufferSize: MAX_EVENT_CHARS,
  });
  return {
    push: (payload) => parser.feed(text.decode(payload, { stream: true })),
    finish: () => ({ ...reader.reading(), limits }),
  };
}

function createJsonSink(subject: TapSubject, dialect: Dialect): Sink {
  const body = createBoundedBody(MAX_JSON_BYTES);
  return {
    push: (payload) => body.push(payload),
    finish(whole) {
      const reader = dialect.createReader();
      const text = body.text();
      if (whole && text !== undefined) reader.json(text);
      const reading = reader.reading();
      // Some vendors answer an error with status 200 (Z.AI's 1305, MiniMax).
      const error = reading.error ?? (reading.usage === undefined ? readError(subject, text) : undefined);
      return error === undefined ? { ...reading, limits: [] } : { ...reading, error, limits: limitsIn(subject, text) };
    },
  };
}

function createErrorSink(subject: TapSubject): Sink {
  const body = createBoundedBody(MAX_ERROR_BYTES);
  return {
    push: (payload) => body.push(payload),
    finish(whole) {
      const text = body.text();
      return {
        usage: undefined,
        modelServed: undefined,
        stopReason: undefined,
        error: readError(subject, text),
        complete: whole,
        limits: limitsIn(subject, text),
      };
    },
  };
}

function readError(subject: TapSubject, text: string | undefined): ProviderError | undefined {
  return text === undefined ? undefined : subject.provider.readError(subject.status, text);
}

function limitsIn({ provider, now }: TapSubject, text: string | undefined): readonly RateLimit[] {
  return text === undefined ? [] : (provider.readBodyLimits?.(text, now()) ?? []);
}

function createBoundedBody(max: number): { push(payload: Buffer): void; text(): string | undefined } {
  let parts: Buffer[] | undefined = [];
  let bytes = 0;
  return {
    push(payload) {
      bytes += payload.length;
      if (bytes > max) parts = undefined;
      else parts?.push(payload);
    },
    text() {
      if (parts === undefined) return undefined;
      return (parts.length === 1 ? parts[0]! : Buffer.concat(parts)).toString('utf8');
    },
  };
}
