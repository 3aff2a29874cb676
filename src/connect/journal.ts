import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const key = z.union([z.string(), z.number()]);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** One value that was changed: a base URL, or what `kind` says. */
const change = z.object({
  path: z.array(key),
  label: z.string(),
  providerId: z.string(),
  /** The URL to come back to; null where there was none. */
  before: z.string().nullable(),
  after: z.string(),
  /** How many objects around it were made for it. */
  madeParents: z.int().min(0),
  /** `entry`: `after` is JSON and was appended to the list at `path`. `value`: JSON that stands at `path`. Absent: a text. */
  kind: z.enum(['entry', 'value']).optional(),
});
export type Change = z.infer<typeof change>;

const connected = z.object({
  v: z.literal(1),
  act: z.literal('connect'),
  id: z.string(),
  at: z.number(),
  agentId: z.string(),
  /** What it is for; absent: the way to the relay. */
  what: z.enum(['hooks', 'statusline']).optional(),
  /** As the agent names it, and where links led. */
  path: z.string(),
  target: z.string(),
  /** `file`: the whole file is ours. */
  format: z.enum(['json', 'jsonc', 'json5', 'yaml', 'toml', 'file']),
  existed: z.boolean(),
  /** Of the file's bytes; null before it existed. */
  beforeHash: hash.nullable(),
  afterHash: hash,
  madeFolders: z.array(z.string()),
  /** What was replaced, so that it can be put back byte for byte. Holds addresses, never a key. */
  splices: z.array(z.object({ at: z.int().min(0), remove: z.string(), insert: z.string() })),
  changes: z.array(change),
});
export type Connected = z.infer<typeof connected>;

const disconnected = z.object({
  v: z.literal(1),
  act: z.literal('disconnect'),
  /** Id of the connection that ended. */
  id: z.string(),
  at: z.number(),
  /** `exact`: byte for byte; `our-keys`: only the addresses; `gone`: nothing of it was left in the file. */
  how: z.enum(['exact', 'our-keys', 'gone']),
});
export type Disconnected = z.infer<typeof disconnected>;

const entry = z.discriminatedUnion('act', [connected, disconnected]);

/** `journal.jsonl` of the home: what Planward changed in other programs' files, one JSON object a line, oldest first. */
export interface Journal {
  /** Connections that were not taken back, newest first. */
  open(): readonly Connected[];
  /** Everything that was written down, newest first. */
  entries(): readonly (Connected | Disconnected)[];
  /** How many lines say nothing this version can read. */
  damaged(): number;
  /** On disk when it returns. Throws where the home cannot be written. */
  append(line: Connected | Disconnected): void;
}

/** An absent file is an empty journal. Throws where it is there and cannot be read. */
export function openJournal(home: string): Journal {
  const path = join(home, 'journal.jsonl');

  function read(): { readonly lines: readonly (Connected | Disconnected)[]; readonly damaged: number } {
    const lines: (Connected | Disconnected)[] = [];
    let damaged = 0;
    for (const line of textOf(path).split('\n')) {
      if (line.trim() === '') continue;
      const parsed = entry.safeParse(parseJson(line));
      if (parsed.success) lines.push(parsed.data);
      else damaged++;
    }
    return { lines, damaged };
  }

  return {
    open() {
      const { lines } = read();
      const ended = new Set(lines.flatMap((line) => (line.act === 'disconnect' ? [line.id] : [])));
      return lines.flatMap((line) => (line.act === 'connect' && !ended.has(line.id) ? [line] : [])).toReversed();
    },
    entries: () => read().lines.toReversed(),
    damaged: () => read().damaged,
    append(line) {
      mkdirSync(home, { recursive: true, mode: 0o700 });
      const text = textOf(path);
      const fd = openSync(path, 'a', 0o600);
      try {
        // A line that was cut by a crash must not swallow this one.
        const start = text === '' || text.endsWith('\n') ? '' : '\n';
        writeSync(fd, `${start}${JSON.stringify(line)}\n`);
        fsyncSync(fd);
      } finally {
        closeSync(fd);
      }
    },
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
