import zlib from 'node:zlib';
import { skipValue, skipSpace } from './json-skip.ts';

/** What is at hand of a request body: its first and its last bytes; both are the whole where all of it was kept. */
export interface BodyParts {
  readonly start: Buffer;
  readonly end: Buffer;
  /** Of the whole body. */
  readonly length: number;
}

export type Body = Readonly<Record<string, unknown>>;

/** A body that was read, and where its messages stand: byte offsets in the whole body. */
export interface ReadBody {
  readonly body: Body;
  /** The list of messages: `messages`, `input`, `contents`. */
  readonly list: string;
  /** Past each of its last elements. */
  readonly ends: readonly number[];
}

/**
 * Remembers how far the newest conversations were read. An agent sends all of its conversation with every request: where one
 * begins as an earlier one did, only what follows is read, and the figures of ten kilobytes and of a megabyte are alike.
 */
export interface BodyMemory {
  /** The body, read on from where an earlier one was left; undefined where none fits. Never throws. */
  readOn(parts: BodyParts): Body | undefined;
  /** Remembers a body that was read without it. Never throws. */
  remember(parts: BodyParts, read: ReadBody): void;
}

const KEPT = 16;
/** The newest messages may be sent differently next time (marks for caches move on), so they are always read again. */
const NEWEST = 4;
/** Of what is not remembered the first system messages and this many others stay. */
const MESSAGES = 400;
const START_BYTES = 16 * 1024;
const WINDOW_BYTES = 16 * 1024;
const SAMPLE_BYTES = 32;

interface Known {
  /** Past the last message that is remembered. */
  readonly at: number;
  /** The bytes just before. */
  readonly sample: Buffer;
  readonly startSum: number;
  readonly windowSum: number;
  readonly list: string;
  /** Without what nobody reads: answers and results of tools are their kind only. */
  readonly messages: readonly unknown[];
  /** All other members. */
  readonly members: Body;
  /** What follows the list. */
  readonly rest: { readonly length: number; readonly sum: number };
}

export function createBodyMemory(): BodyMemory {
  const known: Known[] = [];

  function keep(fresh: Known, instead: Known | undefined): void {
    if (instead !== undefined) known.splice(known.indexOf(instead), 1);
    known.unshift(fresh);
    if (known.length > KEPT) known.length = KEPT;
  }

  function resume(parts: BodyParts, from: Known): Body | undefined {
    const { end } = parts;
    const offset = parts.length - end.length;
    const fresh: unknown[] = [];
    const ends: number[] = [];
    let at = skipSpace(end, from.at - offset);
    while (end[at] === COMMA) {
      const begin = skipSpace(end, at + 1);
      const past = skipValue(end, begin);
      if (past < 0) return undefined;
      fresh.push(JSON.parse(end.toString('utf8', begin, past)));
      ends.push(offset + past);
      at = skipSpace(end, past);
    }
    if (end[at] !== CLOSE) return undefined;
    const rest = end.subarray(at + 1);
    const sum = zlib.crc32(rest);
    const same = from.rest.length === rest.length && from.rest.sum === sum;
    const members = same ? from.members : { ...from.members, ...membersOf(rest) };
    const { list } = from;
    const passed = fresh.length - NEWEST;
    if (passed > 0 || !same) {
      const messages = passed > 0 ? bounded([...from.messages, ...fresh.slice(0, passed).map(bare)]) : from.messages;
      const past = passed > 0 ? ends[passed - 1]! : from.at;
      keep({ ...placeOf(parts, past), list, messages, members, rest: { length: rest.length, sum } }, from);
    }
    return { ...members, [list]: [...from.messages, ...fresh] };
  }

  return {
    readOn(parts) {
      const offset = parts.length - parts.end.length;
      for (const each of known) {
        const past = each.at - offset;
        if (past < SAMPLE_BYTES || past >= parts.end.length) continue;
        if (parts.end.compare(each.sample, 0, SAMPLE_BYTES, past - SAMPLE_BYTES, past) !== 0) continue;
        try {
          const here = placeOf(parts, each.at);
          if (here.windowSum !== each.windowSum || here.startSum !== each.startSum) continue;
          return resume(parts, each);
        } catch {
          return undefined; // no JSON after all
        }
      }
      return undefined;
    },
    remember(parts, { body, list, ends }) {
      const offset = parts.length - parts.end.length;
      const past = ends[ends.length - 1 - NEWEST];
      const last = ends.at(-1);
      const { [list]: messages, ...members } = body;
      if (typeof zlib.crc32 !== 'function' || past === undefined || last === undefined || !Array.isArray(messages))
        return;
      if (past - offset < WINDOW_BYTES) return;
      const close = skipSpace(parts.end, last - offset);
      if (parts.end[close] !== CLOSE) return;
      const rest = parts.end.subarray(close + 1);
      keep(
        {
          ...placeOf(parts, past),
          list,
          messages: bounded(messages.slice(0, -NEWEST).map(bare)),
          members,
          rest: { length: rest.length, sum: zlib.crc32(rest) },
        },
        undefined,
      );
    },
  };
}

const COMMA = 44;
const CLOSE = 93;

function placeOf(
  { start, end, length }: BodyParts,
  at: number,
): Pick<Known, 'at' | 'sample' | 'startSum' | 'windowSum'> {
  const past = at - (length - end.length);
  const window = end.subarray(Math.max(0, past - WINDOW_BYTES), past);
  return {
    at,
    sample: Buffer.from(end.subarray(past - SAMPLE_BYTES, past)),
    startSum: zlib.crc32(start.subarray(0, Math.min(START_BYTES, at))),
    windowSum: zlib.crc32(window),
  };
}

/** Members that follow a list: `,"stream":true}`. Throws where that is not what stands there. */
function membersOf(rest: Buffer): Body {
  const at = skipSpace(rest, 0);
  return JSON.parse(rest[at] === COMMA ? `{${rest.toString('utf8', at + 1)}` : `{${rest.toString('utf8', at)}`) as Body;
}

/** A message as far as turns are read from it: words of users and of the system stay, of all else what it is. */
function bare(message: unknown): unknown {
  if (typeof message !== 'object' || message === null) return message;
  const { role, type, content, parts } = message as Readonly<Record<string, unknown>>;
  const head = { ...(role === undefined ? {} : { role }), ...(type === undefined ? {} : { type }) };
  if (role === 'assistant' || role === 'model' || role === 'tool' || role === 'function')
    return { ...head, content: '' };
  const said = content ?? parts;
  return { ...head, content: Array.isArray(said) ? said.map(barePart) : said };
}

function barePart(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { type, text, functionResponse, functionCall, filename, title, file } = value as Readonly<
    Record<string, unknown>
  >;
  return {
    ...(type === undefined ? {} : { type }),
    ...(functionResponse === undefined ? {} : { functionResponse: true }),
    ...(functionCall === undefined ? {} : { functionCall: true }),
    ...(typeof text === 'string' ? { text } : {}),
    ...(filename === undefined ? {} : { filename }),
    ...(title === undefined ? {} : { title }),
    ...(file === undefined ? {} : { file: barePart(file) }),
  };
}

function bounded(messages: readonly unknown[]): readonly unknown[] {
  const surplus = messages.length - MESSAGES;
  return surplus <= 0 ? messages : messages.filter((message, place) => place >= surplus || isSystem(message));
}

function isSystem(message: unknown): boolean {
  const { role } = (message ?? {}) as { readonly role?: unknown };
  return role === 'system' || role === 'developer';
}
