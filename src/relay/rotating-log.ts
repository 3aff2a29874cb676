import { appendFileSync } from 'node:fs';
import { appendFile, rename, rm, stat } from 'node:fs/promises';

export type LogLevel = 'info' | 'warn' | 'error';

export interface RelayLog {
  /** One line; control characters are taken out. Never throws, never waits: where the disk is slow or full, lines are lost. */
  log(level: LogLevel, message: string): void;
  /** Resolves once everything logged so far was written or given up. Never rejects. */
  flush(): Promise<void>;
  /** Writes this and what waits, at once: for the last words of a program that is about to end. Never throws. */
  logNow(level: LogLevel, message: string): void;
}

export interface RotatingLogDeps {
  readonly path: string;
  readonly now: () => number;
  /** Size at which a file is put away; 1 MB where absent. */
  readonly maxBytes?: number;
  /** Files in all, `relay.log`, `relay.log.1`, …; 3 where absent. */
  readonly files?: number;
}

const MAX_LINE = 2000;
const MAX_WAITING = 1000;

/** Writes `relay.log`, mode 0600, and never more than `files` times `maxBytes` plus one batch of lines. */
export function openLog({ path, now, maxBytes = 1_000_000, files = 3 }: RotatingLogDeps): RelayLog {
  let waiting: string[] = [];
  let lost = 0;
  let writing: Promise<void> | undefined;

  function lineOf(level: LogLevel, message: string): string {
    return `${new Date(now()).toISOString()} ${level.padEnd(5)} ${oneLine(message)}\n`;
  }

  async function rotate(): Promise<void> {
    const file = await stat(path).catch(() => undefined);
    if (file === undefined || file.size < maxBytes) return;
    if (files < 2) return rm(path, { force: true });
    for (let n = files - 2; n >= 1; n--) {
      // oxlint-disable-next-line no-await-in-loop -- the oldest makes room for the next
      await rename(`${path}.${n}`, `${path}.${n + 1}`).catch(() => {});
    }
    await rename(path, `${path}.1`);
  }

  async function writeOut(): Promise<void> {
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      if (lost > 0) lines.push(lineOf('warn', `${lost} lines were not logged`));
      lost = 0;
      try {
        // oxlint-disable-next-line no-await-in-loop -- lines keep their order
        await rotate();
        // oxlint-disable-next-line no-await-in-loop -- lines keep their order
        await appendFile(path, lines.join(''), { mode: 0o600 });
      } catch {
        lost += lines.length;
      }
    }
    writing = undefined;
  }

  return {
    log(level, message) {
      if (waiting.length >= MAX_WAITING) lost++;
      else waiting.push(lineOf(level, message));
      writing ??= writeOut();
    },
    async flush() {
      await writing;
    },
    logNow(level, message) {
      const lines = [...waiting, lineOf(level, message)];
      waiting = [];
      try {
        appendFileSync(path, lines.join(''), { mode: 0o600 });
      } catch {
        // There is nobody left to tell.
      }
    },
  };
}

/** Line ends become spaces; other control characters (C0, C1, line separators, bidi marks) go, so that no text can forge a line. */
function oneLine(message: string): string {
  const text = message
    .slice(0, MAX_LINE * 2)
    .replaceAll(/[\r\n\t\u2028\u2029]+/g, ' ')
    .replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
  return text.length > MAX_LINE ? `${text.slice(0, MAX_LINE)}…` : text;
}
