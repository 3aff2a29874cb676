import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { homeFolder } from '../protocol/home.ts';
import { RELAY_ENV } from '../protocol/relay-env.ts';
import type { Command } from './command.ts';
import { refreshHomePrograms } from './refresh-programs.ts';

/** Runs the relay beside this program, in this terminal: what it prints and how it ends is passed on. */
export const relayCommand: Command = {
  name: 'relay',
  usage:
    '[--port N] [--home DIR] [--upstream id=URL]… [--mode id=observe|warn|hold|block]… [--hold-seconds N] [--hold-default send|stop] [--foreground]',
  summary: 'run the relay until it is ended (SIGTERM drains it)',
  run: (argv, io) =>
    new Promise((resolve) => {
      refreshHomePrograms(homeIn(argv) ?? homeFolder(io.env, io.userHome));
      const child = spawn(process.execPath, [join(__dirname, 'relay.cjs'), ...argv], {
        stdio: 'inherit',
        env: { ...RELAY_ENV, ...process.env },
      });
      // The terminal sends Ctrl-C to both; the relay decides when all is drained.
      process.on('SIGINT', () => {});
      process.on('SIGTERM', () => child.kill('SIGTERM'));
      child.once('error', () => resolve(1));
      child.once('exit', (code) => resolve(code ?? 1));
    }),
};

/** The home the relay is told; it reads its arguments itself and says what is wrong with them. */
function homeIn(argv: readonly string[]): string | undefined {
  const at = argv.findLastIndex((word) => word === '--home' || word.startsWith('--home='));
  const word = argv[at];
  return word === '--home' ? argv[at + 1] : word?.slice('--home='.length);
}
