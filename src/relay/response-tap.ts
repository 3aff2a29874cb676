import zlib from 'node:zlib';
import type { Transform } from 'node:stream';
import { header } from '../core/provider.ts';
import { createSink, type Sink, type TapReading, type TapSubject } from './response-sinks.ts';

/** Watches a copy of one response. Never throws: on trouble it lets go and what was read so far stays. */
export interface ResponseTap {
  push(payload: Buffer): void;
  /** Ends the copy; `whole` false where the response was cut. Calls back once with what was read. */
  end(whole: boolean, onReading: (reading: TapReading | undefined) => void): void;
}

/** Most that is ever decompressed of one response: a bomb costs no more than this. */
const MAX_DECODED_BYTES = 256 * 1024 * 1024;

/** A tap for a response; undefined where there is nothing to learn from its body. */
export function createResponseTap(subject: TapSubject): ResponseTap | undefined {
  const sink = createSink(subject);
  if (sink === undefined) return undefined;
  const encoding = (header(subject.headers, 'content-encoding') ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return createPlainTap(sink);
  const decoder = createDecoder(encoding);
  return decoder === undefined ? undefined : createDecodedTap(decoder, sink);
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

function finish(sink: Sink, whole: boolean): TapReading | undefined {
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
