import type { BodyScan, OnPayload } from './scan.ts';

const CR = 13;
const LF = 10;
/** Longest chunk-size line, extensions included, and longest trailer section that is followed. */
const MAX_LINE = 16 * 1024;
const MAX_TRAILERS = 64 * 1024;

type State = 'size' | 'data' | 'data-end' | 'trailer' | 'done' | 'broken';

/**
 * Follows chunked framing (RFC 9112 7.1) over a stream of bytes that are forwarded as they are: chunk extensions and
 * trailers pass untouched. Strict on what decides lengths: hex size of at most 13 digits, CRLF line ends only.
 */
export function createChunkScan(): BodyScan {
  let state: State = 'size';
  /** Bytes of the present size or trailer line seen so far, as latin1. */
  let line = '';
  let left = 0;
  let trailerBytes = 0;

  /** Collects up to the next LF; gives the index past it, or -1 while the line goes on. */
  function lineEnd(bytes: Buffer, at: number, max: number): number {
    const end = bytes.indexOf(LF, at);
    line += bytes.toString('latin1', at, end < 0 ? bytes.length : end);
    if (line.length > max) return fail('a chunk line is too long');
    if (end < 0) return -1;
    if (line.charCodeAt(line.length - 1) !== CR) return fail('a chunk line does not end in CRLF');
    line = line.slice(0, -1);
    if (line.includes('\r')) return fail('a chunk line holds a bare CR');
    return end + 1;
  }

  function fail(reason: string): -1 {
    state = 'broken';
    scan.broken = reason;
    return -1;
  }

  function readSize(): void {
    const semicolon = line.indexOf(';');
    const digits = (semicolon < 0 ? line : line.slice(0, semicolon)).replace(/[ \t]+$/, '');
    line = '';
    if (!/^[0-9A-Fa-f]{1,13}$/.test(digits)) {
      fail('a chunk size is not a hexadecimal number');
      return;
    }
    left = Number.parseInt(digits, 16);
    state = left === 0 ? 'trailer' : 'data';
  }

  const scan = {
    take(bytes: Buffer, onPayload: OnPayload): number {
      let at = 0;
      while (at < bytes.length) {
        switch (state) {
          case 'size': {
            const next = lineEnd(bytes, at, MAX_LINE);
            if (next < 0) return bytes.length;
            at = next;
            readSize();
            break;
          }
          case 'data': {
            const mine = Math.min(left, bytes.length - at);
            onPayload(bytes.subarray(at, at + mine));
            at += mine;
            left -= mine;
            if (left === 0) state = 'data-end';
            break;
          }
          case 'data-end': {
            const next = lineEnd(bytes, at, 2);
            if (next < 0) return bytes.length;
            at = next;
            if (line !== '') fail('a chunk is longer than its size says');
            else state = 'size';
            break;
          }
          case 'trailer': {
            const next = lineEnd(bytes, at, MAX_LINE);
            if (next < 0) return bytes.length;
            trailerBytes += next - at;
            at = next;
            if (trailerBytes > MAX_TRAILERS) fail('the trailers are too long');
            else if (line === '') {
              state = 'done';
              scan.done = true;
            }
            line = '';
            break;
          }
          case 'done':
          case 'broken':
            return at;
          default:
            state satisfies never;
        }
      }
      return at;
    },
    done: false,
    broken: undefined as string | undefined,
  };
  return scan;
}
