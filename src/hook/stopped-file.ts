import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const KEPT = 200;

/** Prompts that were stopped with no relay at hand, so that none is stopped twice: salted hashes, nothing readable. */
export interface StoppedPrompts {
  has(turn: string): boolean;
  /** False where it cannot be kept. */
  add(turn: string): boolean;
}

/** `hook-stopped.json` of the home. Absent or damaged: nothing was stopped. Never throws. */
export function openStopped(home: string): StoppedPrompts {
  // Loading it takes six milliseconds, which only a prompt that is stopped has to wait for.
  const { createHash, randomBytes } = process.getBuiltinModule('node:crypto');
  const path = `${home}/hook-stopped.json`;
  const { salt, keys } = read(path) ?? { salt: randomBytes(16).toString('base64url'), keys: [] };
  const keyOf = (turn: string): string => createHash('sha256').update(`${salt}\0${turn}`).digest('base64url');
  return {
    has: (turn) => keys.includes(keyOf(turn)),
    add(turn) {
      const draft = `${path}.${process.pid}.tmp`;
      try {
        mkdirSync(home, { recursive: true, mode: 0o700 });
        writeFileSync(draft, JSON.stringify({ salt, keys: [...keys, keyOf(turn)].slice(-KEPT) }), { mode: 0o600 });
        renameSync(draft, path);
        return true;
      } catch {
        return false;
      }
    },
  };
}

function read(path: string): { salt: string; keys: readonly string[] } | undefined {
  try {
    const { salt, keys } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    return typeof salt === 'string' && Array.isArray(keys) ? { salt, keys: keys.map(String) } : undefined;
  } catch {
    return undefined;
  }
}
