import { spawn } from 'node:child_process';
import { killGroup, withVariables } from './run-command.ts';

export interface Program {
  readonly pid: number;
  /** What the `ready` expression found. */
  readonly ready: RegExpExecArray;
  /** The last half megabyte of what it wrote. */
  log(): string;
  /** Settles with the exit code when it ends, by itself or by `stop`. */
  readonly ended: Promise<number | undefined>;
  /** SIGTERM to its process group, SIGKILL five seconds later. Settles when it is gone. */
  stop(): Promise<void>;
}

export interface ProgramOptions {
  readonly cwd?: string;
  /** On top of this process's environment; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What it writes once it can be used. */
  readonly ready: RegExp;
  readonly timeoutMs: number;
}

/**
 * Starts a server in a process group of its own and waits until it says that it is ready. It never outlives this process.
 * Rejects with its log where it ends or stays silent.
 */
export async function startProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<Program> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: withVariables(options.env ?? {}),
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const reap = (): void => killGroup(child.pid, 'SIGKILL');
  process.once('exit', reap);
  let log = '';
  const ended = new Promise<number | undefined>((resolve) => {
    child.once('exit', (code) => resolve(code ?? undefined));
    child.once('error', (error) => {
      log += error.message;
      resolve(undefined);
    });
  });
  const ready = await new Promise<RegExpExecArray>((resolve, reject) => {
    const fail = (what: string): void => {
      clearTimeout(limit);
      reap();
      process.off('exit', reap);
      reject(new Error(`${command} ${args.join(' ')} ${what}:\n${log}`));
    };
    const limit = setTimeout(() => fail(`was not ready within ${options.timeoutMs / 1000} s`), options.timeoutMs);
    const read = (chunk: Buffer): void => {
      log = (log + chunk.toString()).slice(-500_000);
      const found = options.ready.exec(log);
      if (found === null) return;
      clearTimeout(limit);
      resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then((code) => fail(`ended early with code ${code ?? 'none'}`));
  });
  return {
    pid: child.pid!,
    ready,
    log: () => log,
    ended,
    async stop() {
      killGroup(child.pid, 'SIGTERM');
      const force = setTimeout(reap, 5000);
      await ended;
      clearTimeout(force);
      reap();
      process.off('exit', reap);
    },
  };
}
