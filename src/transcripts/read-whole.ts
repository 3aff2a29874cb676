import { readFileSync, statSync } from 'node:fs';
import type { Written } from '../core/seen-turn.ts';
import type { Mark } from './marks.ts';
import type { LineBatch } from './read-lines.ts';

const MAX_BYTES = 64 * 1024 * 1024;

/** Reads a file that is written anew at every change; gives what was not there the last time. Throws file errors. */
export function readWhole(
  path: string,
  before: Mark | undefined,
  read: (text: string) => readonly Written[],
): LineBatch {
  const { size, dev, ino, mtimeMs } = statSync(path);
  const base = { kind: 'whole', file: `${dev}:${ino}`, bytes: size, modifiedAt: mtimeMs } as const;
  const done = before?.kind === 'whole' ? before.done : [];
  // Too long to be held in memory: passed over until it changes.
  if (size > MAX_BYTES) return { found: [], bytes: 0, mark: { ...base, done }, more: false };
  const all = read(readFileSync(path, 'utf8'));
  const known = new Set(done);
  const found = all.filter((each) => each.kind !== 'turn' || !known.has(each.turn.id));
  const ids = all.flatMap((each) => (each.kind === 'turn' ? [each.turn.id] : []));
  return { found, bytes: size, mark: { ...base, done: ids }, more: false };
}
