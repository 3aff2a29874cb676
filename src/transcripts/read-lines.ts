import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Written } from '../core/seen-turn.ts';
import type { LineReader } from '../core/transcript-source.ts';
import type { Mark } from './marks.ts';

export interface LineBatch {
  readonly found: readonly Written[];
  /** Bytes that were read, whole lines or not. */
  readonly bytes: number;
  readonly mark: Mark;
  /** True where there is more to read now. */
  readonly more: boolean;
}

export interface BatchLimits {
  readonly maxFound: number;
  readonly maxBytes: number;
}

const CHUNK = 1024 * 1024;
/** A longer line is passed over: no line with figures is that long. */
const MAX_LINE = 16 * 1024 * 1024;
const HEAD = 256;

/**
 * Reads on in a file of lines from where `mark` says; from the beginning where there is no mark, or the file was rotated,
 * cut or written anew. A last line without its end waits for it. Memory is bounded by one line. Throws file errors.
 */
export function readLines(
  path: string,
  before: Mark | undefined,
  source: { readonly telling: readonly string[]; createReader(state: unknown): LineReader },
  limits: BatchLimits,
): LineBatch {
  const file = openSync(path, 'r');
  try {
    const { size, dev, ino } = fstatSync(file);
    const id = `${dev}:${ino}`;
    const mark = before?.kind === 'lines' && goesOn(file, before, id, size) ? before : undefined;
    const reader = source.createReader(mark?.state);
    const found: Written[] = [];
    const first = mark?.offset ?? 0;
    let offset = first;
    let at = first;
    let rest: Buffer[] = [];
    let restBytes = 0;
    let skipping = false;
    // Never less than one whole line, or there would be no end.
    while (at < size && (offset === first || (found.length < limits.maxFound && at - first < limits.maxBytes))) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK, size - at));
      const bytes = readSync(file, chunk, 0, chunk.length, at);
      if (bytes === 0) break;
      const part = chunk.subarray(0, bytes);
      const needles = createNeedles(part, source.telling);
      let from = 0;
      for (let end = part.indexOf(10, from); end !== -1; end = part.indexOf(10, from)) {
        if (restBytes > 0 || skipping) {
          if (!skipping) read(Buffer.concat([...rest, part.subarray(from, end)]), undefined);
          rest = [];
          restBytes = 0;
          skipping = false;
        } else if (needles.within(from, end)) read(part.subarray(from, end), true);
        from = end + 1;
        offset = at + from;
      }
      if (from < bytes) {
        rest.push(part.subarray(from));
        restBytes += bytes - from;
        if (restBytes > MAX_LINE) {
          rest = [];
          restBytes = 1;
          skipping = true;
        }
      }
      at += bytes;
    }
    // A line that is too long and has no end yet would be read again and again.
    if (skipping && offset === first) offset = at;
    const headBytes = Math.min(HEAD, offset);
    return {
      found,
      bytes: at - first,
      mark: { kind: 'lines', file: id, offset, head: hashOfHead(file, headBytes), headBytes, state: reader.state() },
      more: at < size,
    };

    function read(line: Buffer, telling: true | undefined): void {
      if (telling === undefined && !source.telling.some((word) => line.includes(word))) return;
      found.push(...reader.line(line.toString('utf8')));
    }
  } finally {
    closeSync(file);
  }
}

/** Where the telling words stand next, so that a chunk is gone through once for each of them and not once a line. */
function createNeedles(part: Buffer, words: readonly string[]): { within(from: number, to: number): boolean } {
  const next = words.map((word) => ({ word, at: part.indexOf(word) }));
  return {
    within(from, to) {
      let inside = false;
      for (const needle of next) {
        if (needle.at !== -1 && needle.at < from) needle.at = part.indexOf(needle.word, from);
        if (needle.at !== -1 && needle.at < to) inside = true;
      }
      return inside;
    },
  };
}

function goesOn(file: number, mark: Extract<Mark, { kind: 'lines' }>, id: string, size: number): boolean {
  return mark.file === id && size >= mark.offset && hashOfHead(file, mark.headBytes) === mark.head;
}

function hashOfHead(file: number, bytes: number): string {
  const head = Buffer.alloc(bytes);
  const got = bytes === 0 ? 0 : readSync(file, head, 0, bytes, 0);
  return createHash('sha256').update(head.subarray(0, got)).digest('base64url').slice(0, 16);
}
