import type { RequestReading } from '../core/exchange.ts';

/** What is known of a request from its body. */
export interface RequestFacts {
  readonly reading: RequestReading;
  readonly model: string | undefined;
  readonly stream: boolean | undefined;
}

/** A bounded copy of a request body: all of it up to `MAX_WHOLE`, else its first and last part. */
export interface RequestCopy {
  push(payload: Buffer): void;
  readonly bytes: number;
  /** First bytes as latin1 text, for recognising agents by phrases. */
  start(): string;
  facts(): RequestFacts;
  /** Lets the copied bytes go. */
  drop(): void;
}

const MAX_WHOLE = 256 * 1024;
const START_BYTES = 64 * 1024;
const END_BYTES = 4 * 1024;

/**
 * `expectedBytes` is the body's length where its head said it. What is kept are views of the bytes that were read off the
 * wire, so of a long body next to nothing is held: kept buffers outlive a collection and would make each one dearer.
 */
export function createRequestCopy(expectedBytes: number | undefined): RequestCopy {
  const keepMax = (expectedBytes ?? 0) > MAX_WHOLE ? START_BYTES : MAX_WHOLE;
  let kept: Buffer[] = [];
  let keptBytes = 0;
  /** The last two pieces: a last one of a few bytes says too little. */
  let last: Buffer[] = [];
  let bytes = 0;
  return {
    push(payload) {
      bytes += payload.length;
      if (keptBytes < keepMax) {
        kept.push(payload);
        keptBytes += payload.length;
      } else last = [...last.slice(-1), payload];
    },
    get bytes() {
      return bytes;
    },
    start() {
      const [first] = kept;
      if (first === undefined) return '';
      return (first.length >= START_BYTES ? first : Buffer.concat(kept, START_BYTES)).toString(
        'latin1',
        0,
        START_BYTES,
      );
    },
    facts() {
      if (bytes === 0) return { reading: 'none', model: undefined, stream: undefined };
      if (keptBytes === bytes) return readWhole(kept.length === 1 ? kept[0]! : Buffer.concat(kept));
      const end = Buffer.concat(last.map((piece) => piece.subarray(-END_BYTES)));
      return readParts(kept[0]!, end.subarray(-END_BYTES));
    },
    drop() {
      kept = [];
      last = [];
    },
  };
}

const UNREAD: RequestFacts = { reading: 'unread', model: undefined, stream: undefined };

function readWhole(body: Buffer): RequestFacts {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return UNREAD;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return UNREAD;
  const { model, stream } = value as { model?: unknown; stream?: unknown };
  return {
    reading: 'read',
    model: typeof model === 'string' ? model.slice(0, 200) : undefined,
    stream: typeof stream === 'boolean' ? stream : undefined,
  };
}

/**
 * A body too large to parse for its model name: agents write `model` first and `stream` first or last, so the plain text
 * of both ends is enough. What is not found there stays unknown.
 */
function readParts(start: Buffer, end: Buffer): RequestFacts {
  const first = start.toString('latin1', 0, END_BYTES);
  const last = end.toString('latin1');
  if (!/^\s*\{/.test(first) || !/\}\s*$/.test(last)) return UNREAD;
  const model = /^\s*\{(?:"(?:stream|max_tokens|temperature)":[^,{}[\]"]+,\s*)*\s*"model"\s*:\s*"([^"\\]{1,200})"/.exec(
    first,
  )?.[1];
  const stream =
    /[,{]\s*"stream"\s*:\s*(true|false)\s*[,}]/.exec(last)?.[1] ??
    /[,{]\s*"stream"\s*:\s*(true|false)\s*[,}]/.exec(first)?.[1];
  return { reading: 'read', model, stream: stream === undefined ? undefined : stream === 'true' };
}
