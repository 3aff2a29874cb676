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

export function createRequestCopy(): RequestCopy {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let end: Buffer = Buffer.alloc(0);
  let bytes = 0;
  return {
    push(payload) {
      bytes += payload.length;
      const room = MAX_WHOLE - keptBytes;
      if (room > 0) {
        kept.push(payload.length <= room ? payload : payload.subarray(0, room));
        keptBytes += Math.min(room, payload.length);
      }
      if (bytes > MAX_WHOLE) end = lastBytes(end, payload);
    },
    get bytes() {
      return bytes;
    },
    start() {
      const first = kept[0];
      if (first === undefined) return '';
      const text = first.length >= START_BYTES || kept.length === 1 ? first : Buffer.concat(kept);
      return text.toString('latin1', 0, START_BYTES);
    },
    facts() {
      if (bytes === 0) return { reading: 'none', model: undefined, stream: undefined };
      const whole = kept.length === 1 ? kept[0]! : Buffer.concat(kept);
      return bytes <= MAX_WHOLE ? readWhole(whole) : readParts(whole, end);
    },
    drop() {
      kept = [];
      end = Buffer.alloc(0);
    },
  };
}

function lastBytes(before: Buffer, payload: Buffer): Buffer {
  if (payload.length >= END_BYTES) return Buffer.from(payload.subarray(payload.length - END_BYTES));
  const joined = Buffer.concat([before, payload]);
  return joined.length <= END_BYTES ? joined : joined.subarray(joined.length - END_BYTES);
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
