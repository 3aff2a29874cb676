import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Command } from './command.ts';

/** Runs the relay beside this program, in this terminal: what it prints and how it ends is passed on. */
export const relayCommand: Command = {
  name: 'relay',
  usage:
    '[--port N] [--home DIR] [--upstream id=URL]… [--mode id=observe|warn|hold|block]… [--hold-seconds N] [--hold-default send|stop] [--foreground]',
  summary: 'run the relay until it is ended (SIGTERM drains it)',
  run: (argv) =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [join(__dirname, 'relay.cjs'), ...argv], { stdio: 'inherit' });
      // The terminal sends Ctrl-C to both; the relay decides when all is drained.
      process.on('SIGINT', () => {});
      process.on('SIGTERM', () => child.kill('SIGTERM'));
      child.once('error', () => resolve(1));
      child.once('exit', (code) => resolve(code ?? 1));
    }),
};
