// dist/hook.cjs: what an agent's own hook runs. It starts for one prompt that waits, so it loads next to nothing.
import { read } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { openPackedJudge } from './model-file.ts';
import { runHook } from './run-hook.ts';

/** After this the prompt goes through, whatever hangs. */
const DEADLINE_MS = 1200;
const LONGEST = 16 * 1024 * 1024;

process.on('uncaughtException', () => process.exit(0));
process.on('unhandledRejection', () => process.exit(0));
setTimeout(() => process.exit(0), DEADLINE_MS);
const folder = dirname(process.argv[1] ?? '');
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
    openJudge: () => openPackedJudge(`${folder}/hook-model.bin`),
  }).then(
    (answer) => (answer === '' ? process.exit(0) : process.stdout.write(answer, () => process.exit(0))),
    () => process.exit(0),
  );
});

/** Stdin to its end. By descriptor: the stream of `process.stdin` takes longer to make than all of it to read. */
function readAll(done: (text: string) => void): void {
  const parts: Buffer[] = [];
  let length = 0;
  const part = Buffer.allocUnsafe(64 * 1024);
  const next = (): void =>
    read(0, part, 0, part.length, null, (error, count) => {
      if (error?.code === 'EAGAIN') return void setTimeout(next, 2);
      if (error !== null || count === 0 || length > LONGEST) return done(Buffer.concat(parts).toString('utf8'));
      parts.push(Buffer.from(part.subarray(0, count)));
      length += count;
      next();
    });
  next();
}
