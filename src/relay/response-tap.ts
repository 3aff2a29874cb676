import zlib from 'node:zlib';
import type { Transform } from 'node:stream';
import { createParser, type EventSourceParser } from 'eventsource-parser';
import type { ProviderError } from '../core/exchange.ts';
import { header, type Dialect, type Headers, type Provider, type ResponseReading } from '../core/provider.ts';

/** Watches a copy of one response. Never throws: on trouble it lets go and what was read so far stays. */
export interface ResponseTap {
  push(payload: Buffer): void;
  /** Ends the copy; `whole` false where the response was cut. Calls back once with what was read. */
  end(whole: boolean, onReading: (reading: ResponseReading | undefined) => void): void;
}

/** Largest JSON body that is parsed, and largest single event that is waited for. */
const MAX_JSON_BYTES = 4 * 1024 * 1024;
const MAX_EVENT_CHARS = 4 * 1024 * 1024;
const MAX_ERROR_BYTES = 64 * 1024;
/** Most that is ever decompressed of one response: a bomb costs no more than this. */
const MAX_DECODED_BYTES = 256 * 1024 * 1024;

export interface TapSubject {
  readonly provider: Provider;
  readonly dialect: Dialect | undefined;
  readonly status: number;
  readonly headers: Headers;
}

/** A tap for a response; undefined where there is nothing to learn from its body. */
export function createResponseTap(subject: TapSubject): ResponseTap | undefined {
  const type = header(subject.headers, 'content-type') ?? '';
  const sink = createSink(subject, type);
  if (sink === undefined) return undefined;
  const encoding = (header(subject.headers, 'content-encoding') ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return createPlainTap(sink);
  const decoder = createDecoder(encoding);
  return decoder === undefined ? undefined : createDecodedTap(decoder, sink);
}

/** Takes decoded payload; `finish` gives the reading. May throw: the tap around it catches. */
interface Sink {
  push(payload: Buffer): void;
  finish(whole: boolean): ResponseReading | undefined;
}

function createSink(subject: TapSubject, type: string): Sink | undefined {
  if (subject.status >= 400) return createErrorSink(subject);
  if (subject.dialect === undefined) return undefined;
  return type.startsWith('text/event-stream') ? createEventSink(subject.dialect) : createJsonSink(subject);
}

function createEventSink(dialect: Dialect): Sink {
  const reader = dialect.createReader();
  const text = new TextDecoder('utf-8');
  const parser: EventSourceParser = createParser({
    onEvent: ({ event, data }) => reader.event(event, data),
    maxBufferSize: MAX_EVENT_CHARS,
  });
  return {
    push: (payload) => parser.feed(text.decode(payload, { stream: true })),
    finish: () => reader.reading(),
  };
}

function createJsonSink(subject: TapSubject): Sink {
  const body = createBoundedBody(MAX_JSON_BYTES);
  return {
    push: (payload) => body.push(payload),
    finish(whole) {
      const reader = subject.dialect!.createReader();
      const text = body.text();
      if (whole && text !== undefined) reader.json(text);
      const reading = reader.reading();
      // Some vendors answer an error with status 200 (Z.AI's 1305, MiniMax).
      const error = reading.error ?? (reading.usage === undefined ? readError(subject, text) : undefined);
      return error === undefined ? reading : { ...reading, error };
    },
  };
}

function createErrorSink(subject: TapSubject): Sink {
  const body = createBoundedBody(MAX_ERROR_BYTES);
  return {
    push: (payload) => body.push(payload),
    finish(whole) {
      const error = readError(subject, body.text());
      return { usage: undefined, modelServed: undefined, stopReason: undefined, error, complete: whole };
    },
  };
}

function readError(subject: TapSubject, text: string | undefined): ProviderError | undefined {
  return text === undefined ? undefined : subject.provider.readError(subject.status, text);
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
    text: () => (parts === undefined ? undefined : Buffer.concat(parts).toString('utf8')),
  };
}

function createPlainTap(sink: Sink): ResponseTap {
  let broken = false;
  return {
    push(payload) {
      if (broken) return;
      try {
        sink.push(payload);
      } catch {
        broken = true;
      }
    },
    end(whole, onReading) {
      onReading(finish(sink, whole && !broken));
    },
  };
}

/** Decompression runs beside the exchange; its reading comes a little after the last byte was passed on. */
function createDecodedTap(decoder: Transform, sink: Sink): ResponseTap {
  let broken = false;
  let decoded = 0;
  decoder.on('data', (payload: Buffer) => {
    decoded += payload.length;
    if (broken) return;
    try {
      if (decoded > MAX_DECODED_BYTES) throw new Error('decoded response too large');
      sink.push(payload);
    } catch {
      broken = true;
      decoder.destroy();
    }
  });
  decoder.on('error', () => {
    broken = true;
  });
  return {
    push(payload) {
      if (!broken && !decoder.destroyed) decoder.write(payload);
    },
    end(whole, onReading) {
      let called = false;
      const once = () => {
        if (called) return;
        called = true;
        onReading(finish(sink, whole && !broken));
      };
      if (broken || decoder.destroyed) once();
      else {
        decoder.once('close', once);
        decoder.end();
      }
    },
  };
}

function finish(sink: Sink, whole: boolean): ResponseReading | undefined {
  try {
    return sink.finish(whole);
  } catch {
    return undefined;
  }
}

function createDecoder(encoding: string): Transform | undefined {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip();
    case 'deflate':
      return zlib.createInflate();
    case 'br':
      return zlib.createBrotliDecompress();
    case 'zstd':
      return typeof zlib.createZstdDecompress === 'function' ? zlib.createZstdDecompress() : undefined; // Node 22.15
    default:
      return undefined;
  }
}
