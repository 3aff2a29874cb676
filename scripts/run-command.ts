import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

export interface CommandRun {
  /** Exit code; 124 where the time limit ended it, 127 where it could not start, 128 + n for a signal. */
  readonly code: number;
  /** Everything it wrote without colours, both streams in order of arrival; the last 2 MB. */
  readonly output: string;
  readonly durationMs: number;
}

export interface CommandOptions {
  readonly cwd?: string;
  /** Added to this process's environment; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  /** Called with each whole line as it comes. */
  readonly onLine?: (line: string) => void;
  /** Ends the command, with its whole process group, when aborted. */
  readonly signal?: AbortSignal;
}

const KEPT_CHARACTERS = 2_000_000;
const running = new Set<number>();

process.once('exit', endAllGroups);
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  // A script that cleans up by itself has its own listener and decides when to exit.
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(code);
  });
}

/**
 * Runs a program in a process group of its own and gives what it wrote. Never throws and never outlives this process:
 * at the time limit, on abort and at exit the whole group is ended.
 */
export function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<CommandRun> {
  const began = performance.now();
  const env = withVariables(options.env ?? {});
  return new Promise((resolve) => {
    let output = '';
    let rest = '';
    let endedBy: number | undefined;
    const child = spawn(command, args, {
      cwd: options.cwd,
      env,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid !== undefined) running.add(child.pid);
    const end = (code: number): void => {
      endedBy ??= code;
      killGroup(child.pid, 'SIGTERM');
      setTimeout(() => killGroup(child.pid, 'SIGKILL'), 3000).unref();
    };
    const limit = setTimeout(() => end(124), options.timeoutMs);
    const onAbort = (): void => end(130);
    options.signal?.addEventListener('abort', onAbort, { once: true });
    const take = (chunk: Buffer): void => {
      const text = stripVTControlCharacters(chunk.toString());
      output = (output + text).slice(-KEPT_CHARACTERS);
      if (options.onLine === undefined) return;
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) options.onLine(line);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const finish = (code: number): void => {
      clearTimeout(limit);
      options.signal?.removeEventListener('abort', onAbort);
      if (child.pid !== undefined) running.delete(child.pid);
      killGroup(child.pid, 'SIGKILL');
      if (rest !== '') options.onLine?.(rest);
      if (endedBy === 124) output += `\nended after its time limit of ${Math.round(options.timeoutMs / 1000)} s\n`;
      resolve({ code: endedBy ?? code, output, durationMs: performance.now() - began });
    };
    child.once('error', (error) => {
      output += `${command}: ${error.message}\n`;
      finish(127);
    });
    // `exit`, not `close`: a stray grandchild that holds the pipe must not hold us. A short wait lets the last lines in.
    child.once('exit', (code) => setTimeout(() => finish(code ?? 128), 30));
  });
}

/** This process's environment with `changes` on top; `undefined` takes a variable away. */
export function withVariables(changes: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, ...changes };
  for (const [name, value] of Object.entries(env)) if (value === undefined) delete env[name];
  return env;
}

/** Signals a process group that was started detached; silent where it is gone. */
export function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // Gone already.
  }
}

function endAllGroups(): void {
  for (const pid of running) killGroup(pid, 'SIGKILL');
}
