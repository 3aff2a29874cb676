import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Until when alerts are off, the same for every window: it stands in a file that all of them read. */
export interface Snooze {
  /** Undefined where alerts are on. */
  untilAt(now: number): number | undefined;
  /** Undefined switches them on. Throws where the file cannot be written. */
  set(untilAt: number | undefined): void;
}

const LOOK_MS = 3000;
/** A longer snooze is a mistake of the clock. */
const LONGEST_MS = 8 * 86_400_000;

export function openSnooze(file: string): Snooze {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let kept: number | undefined;
  return {
    untilAt(now) {
      if (Math.abs(now - lookedAt) >= LOOK_MS) {
        lookedAt = now;
        kept = readUntil(file);
      }
      return kept !== undefined && kept > now && kept - now <= LONGEST_MS ? kept : undefined;
    },
    set(untilAt) {
      if (untilAt === undefined) rmSync(file, { force: true });
      else {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, String(untilAt));
      }
      kept = untilAt;
    },
  };
}

function readUntil(file: string): number | undefined {
  try {
    const until = Number(readFileSync(file, 'utf8'));
    return Number.isFinite(until) ? until : undefined;
  } catch {
    return undefined;
  }
}
