import type { RequestReading } from '../core/exchange.ts';
import type { BodyMemory, BodyParts } from './body-memory.ts';
import { elementEnds, lastElementEnds } from './json-skip.ts';
import { LISTS, readEnds, type Piece } from './request-ends.ts';
import { createTailRing, TAIL_BYTES, type TailRing } from './tail-ring.ts';

/** What is known of a request from its body. */
export interface RequestFacts {
  readonly reading: RequestReading;
  readonly model: string | undefined;
  readonly stream: boolean | undefined;
  /** The body, or of a long one what its ends tell (request-ends.ts); undefined where it is no JSON object. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** A bounded copy of a request body: all of it up to `MAX_WHOLE`, else its first and last part. */
export interface RequestCopy {
  /** `lent`: the bytes hold only until this returns; of what is kept a copy is made. */
  push(payload: Buffer, lent?: boolean): void;
  readonly bytes: number;
  /** Bytes kept in memory. */
  readonly held: number;
  /** First bytes as latin1 text, for recognising agents by phrases. */
  start(): string;
  /** Last bytes that are kept, at most 16 KB. */
  end(): Buffer;
  /** Once the whole body came: read once and kept. */
  facts(): RequestFacts;
  /** Lets the copied bytes go. */
  drop(): void;
}

const MAX_WHOLE = 256 * 1024;
const START_BYTES = 64 * 1024;
const END_BYTES = 16 * 1024;
/** Up to here the views that come off the wire are kept; a longer body is copied into a block that is used again and again. */
const SHORT = 32 * 1024;
const FREE_KEPT = 8;
const free: Buffer[] = [];

/**
 * `expectedBytes` is the body's length where its head said it. What is kept of the beginning are views of the bytes that were
 * read off the wire; of a long body little, since kept buffers outlive a collection and would make each one dearer. With a
 * `memory` only what is new in a conversation is read.
 */
export function createRequestCopy(expectedBytes: number | undefined, memory?: BodyMemory): RequestCopy {
  const keepMax = (expectedBytes ?? 0) > MAX_WHOLE ? START_BYTES : MAX_WHOLE;
  const middling = expectedBytes !== undefined && expectedBytes > SHORT && expectedBytes <= MAX_WHOLE;
  let kept: Buffer[] = [];
  let block: Buffer | undefined;
  let keptBytes = 0;
  let tail: TailRing | undefined;
  let read: RequestFacts | undefined;
  let startText: string | undefined;
  const textOfStart = (): string => {
    let text = '';
    for (const part of kept) {
      if (text.length >= START_BYTES) break;
      text += part.toString('latin1', 0, START_BYTES - text.length);
    }
    return text;
  };
  const readNow = (): RequestFacts => {
    if (copy.bytes === 0) return { reading: 'none', model: undefined, stream: undefined, body: undefined };
    const start = kept.length === 1 ? kept[0]! : Buffer.concat(kept);
    const whole = keptBytes === copy.bytes;
    if (memory === undefined || copy.bytes < REMEMBERED_FROM) return readBytes(start, whole);
    const parts = { start, end: whole ? start : (tail?.bytes() ?? start), length: copy.bytes };
    const known = memory.readOn(parts);
    if (known !== undefined) return factsOf(known);
    const facts = readBytes(start, whole);
    if (facts.body !== undefined) rememberIn(memory, parts, facts.body, whole);
    return facts;
  };
  const readBytes = (start: Buffer, whole: boolean): RequestFacts =>
    whole ? readWhole(start) : readParts(start, (length) => tail?.text(length) ?? '');
  const copy = {
    push(payload: Buffer, lent = false) {
      copy.bytes += payload.length;
      if (middling && copy.bytes <= MAX_WHOLE) {
        if (block === undefined) copy.held = MAX_WHOLE;
        block ??= free.pop() ?? Buffer.allocUnsafeSlow(MAX_WHOLE);
        payload.copy(block, keptBytes);
        keptBytes = copy.bytes;
        kept = [block.subarray(0, keptBytes)];
        return;
      }
      let rest = payload;
      if (keptBytes < keepMax) {
        const mine = lent ? Buffer.from(payload.subarray(0, keepMax - keptBytes)) : payload;
        kept.push(mine);
        keptBytes += mine.length;
        copy.held += mine.length;
        rest = payload.subarray(mine.length);
        if (rest.length === 0) return;
      }
      // Where the length is known, only what can be in the tail is copied.
      if (expectedBytes !== undefined && copy.bytes <= expectedBytes - TAIL_BYTES) return;
      if (tail === undefined) copy.held += TAIL_BYTES;
      (tail ??= createTailRing()).push(rest);
    },
    bytes: 0,
    held: 0,
    start: () => (startText ??= textOfStart()),
    end() {
      const last = tail?.bytes() ?? Buffer.concat(kept);
      return last.subarray(Math.max(0, last.length - END_BYTES));
    },
    facts: () => (read ??= readNow()),
    drop() {
      kept = [];
      if (block !== undefined && free.length < FREE_KEPT) free.push(block);
      block = undefined;
      tail?.release();
      tail = undefined;
      read = startText = undefined;
    },
  };
  return copy;
}

/** Shorter bodies are read as fast as they are looked up. */
const REMEMBERED_FROM = 16 * 1024;
/** Messages at the end of a long body that are told apart. */
const TOLD_APART = 24;

function rememberIn(
  memory: BodyMemory,
  parts: BodyParts,
  body: NonNullable<RequestFacts['body']>,
  whole: boolean,
): void {
  const list = LISTS.find((name) => Array.isArray(body[name]));
  if (list === undefined) return;
  const ends = whole ? elementEnds(parts.end, list) : lastElementEnds(parts.end, TOLD_APART);
  const offset = parts.length - parts.end.length;
  if (ends !== undefined) memory.remember(parts, { body, list, ends: ends.map((end) => end + offset) });
}

const UNREAD: RequestFacts = { reading: 'unread', model: undefined, stream: undefined, body: undefined };

function readWhole(bytes: Buffer): RequestFacts {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return UNREAD;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return UNREAD;
  return factsOf(value as Readonly<Record<string, unknown>>);
}

/** A body too large to parse: agents write `model` first, and the newest turn is at the end. */
function readParts(start: Buffer, end: Piece): RequestFacts {
  const first = remembering((length) => start.toString('utf8', 0, Math.min(start.length, length)));
  const last = remembering(end);
  const body = readEnds(first, last);
  return body === undefined ? UNREAD : factsOf(body);
}

/** A character that a cut runs through is lost; what is read stands further in. */
function remembering(read: Piece): Piece {
  const known = new Map<number, string>();
  return (length) => {
    const text = known.get(length) ?? read(length);
    known.set(length, text);
    return text;
  };
}

function factsOf(body: Readonly<Record<string, unknown>>): RequestFacts {
  const { model, stream } = body;
  return {
    reading: 'read',
    model: typeof model === 'string' ? model.slice(0, 200) : undefined,
    stream: typeof stream === 'boolean' ? stream : undefined,
    body,
  };
}
