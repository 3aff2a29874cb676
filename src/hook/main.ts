// dist/hook.cjs: what an agent's own hook runs. It starts for one prompt that waits, so it loads next to nothing.
import { createRequire, enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import type * as Alone from './alone.ts';
import { runHook } from './run-hook.ts';

/** After this the prompt goes through, whatever hangs. */
const DEADLINE_MS = 1200;
const LONGEST = 16 * 1024 * 1024;

process.on('uncaughtException', () => process.exit(0));
process.on('unhandledRejection', () => process.exit(0));
setTimeout(() => process.exit(0), DEADLINE_MS);
const folder = dirname(process.argv[1] ?? '');
const load = createRequire(`${folder}/`);
try {
  enableCompileCache(`${folder}/cache`);
} catch {
  // Without it the start takes a little longer.
}

readAll((input) => {
  void runHook({
    argv: process.argv.slice(2),
    input,
    env: process.env,
    userHome: homedir(),
    now: Date.now,
    alone: (home, asked, now) => (load(`${folder}/hook-alone.cjs`) as typeof Alone).alone(folder, home, asked, now),
  }).then(
    (answer) => (answer === '' ? process.exit(0) : process.stdout.write(answer, () => process.exit(0))),
    () => process.exit(0),
  );
});

/**
 * Stdin to its end. As a stream: a read that blocks in a thread of its own would keep the process from ending at the
 * deadline.
 */
function readAll(done: (text: string) => void): void {
  const parts: Buffer[] = [];
  let length = 0;
  process.stdin.on('data', (part: Buffer) => {
    parts.push(part);
    length += part.length;
    if (length > LONGEST) process.exit(0);
  });
  process.stdin.on('error', () => process.exit(0));
  process.stdin.on('end', () => done(Buffer.concat(parts).toString('utf8')));
}
