import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Command } from './command.ts';
import { misuse } from './misuse.ts';
import { watchInTerminal } from './watch-in-terminal.ts';

/** Simulated agents, a relay of its own and a mock provider, in a scratch home: nothing of the user's is touched or shown. */
export const demoCommand: Command = {
  name: 'demo',
  usage: '[normal-day|burst|off-scope-evening|policy-stop|weekly-exhausted|relay-lost]',
  summary: 'the meter on simulated traffic, until Ctrl-C; no account and no network is used',
  async run(argv, io) {
    if (argv.length > 1 || argv[0]?.startsWith('-') === true) return misuse(io, 'name one scenario, or none.');
    const args = [join(__dirname, 'demo.cjs'), '--scenario', argv[0] ?? 'normal-day'];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise<number>((resolve) => {
      child.once('error', () => resolve(1));
      child.once('exit', (code) => resolve(code ?? 1));
    });
    const leaving = new AbortController();
    const leave = (): void => {
      leaving.abort();
      child.stdin.end();
    };
    process.on('SIGINT', leave);
    process.on('SIGTERM', leave);
    for await (const line of createInterface({ input: child.stdout })) {
      const { home } = JSON.parse(line) as { home: string };
      io.out('simulated traffic in a scratch home; Ctrl-C ends it\n');
      await watchInTerminal(home, leaving.signal).catch((error: unknown) => io.err((error as Error).message));
      leave();
    }
    return await ended;
  },
};
