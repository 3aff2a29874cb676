// dist/statusline.cjs: what an agent's status line runs, every few hundred milliseconds. It loads next to nothing.
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { runStatusline } from './run-statusline.ts';

/** After this the line stays empty, whatever hangs. */
const DEADLINE_MS = 4000;

process.on('uncaughtException', () => process.exit(0));
process.on('unhandledRejection', () => process.exit(0));
process.removeAllListeners('warning');
setTimeout(() => process.exit(0), DEADLINE_MS);
try {
  enableCompileCache(`${dirname(process.argv[1] ?? '')}/cache`);
} catch {
  // Without it the start takes a little longer.
}
void runStatusline({
  argv: process.argv.slice(2),
  input: readAll(),
  env: process.env,
  userHome: homedir(),
  now: Date.now,
  keepAlone: async (home, asked, now) => (await import('./keep-alone.ts')).keepAlone(home, asked, now),
}).then(
  (line) => process.stdout.write(line === '' ? '' : `${line}\n`, () => process.exit(0)),
  () => process.exit(0),
);

function readAll(): string {
  try {
    return readFileSync(0, 'utf8');
  } catch {
    return '';
  }
}
