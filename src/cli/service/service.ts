import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Places } from '../../core/connection.ts';
import { launchAgent } from './launch-agent.ts';
import { scheduledTask } from './scheduled-task.ts';
import type { ServiceKind, ServiceProgram, SystemCommand } from './service-kind.ts';
import { systemdUnit } from './systemd-unit.ts';

export interface Service {
  readonly kind: string;
  readonly file: string;
  installed(): boolean;
  install(program: ServiceProgram): Promise<ServiceDone>;
  remove(): Promise<ServiceDone>;
  /** What the system says of it; undefined where it could not be asked. */
  status(): Promise<string | undefined>;
}

export type ServiceDone = { readonly ok: true } | { readonly ok: false; readonly message: string };

const KINDS: Readonly<Record<Places['platform'], ServiceKind>> = {
  linux: systemdUnit,
  darwin: launchAgent,
  win32: scheduledTask,
};

const LIMIT_MS = 15_000;

/** The service of this user on this system. */
export function serviceFor(asked: {
  readonly places: Places;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Service {
  const kind = KINDS[asked.places.platform];
  const file = kind.file(asked.places, asked.home);
  const run = (command: SystemCommand) => runSystem(command, asked.env);

  async function all(commands: readonly SystemCommand[]): Promise<ServiceDone> {
    for (const command of commands) {
      const done = await run(command);
      if (!done.ok) return { ok: false, message: `${command.join(' ')} failed: ${done.message}` };
    }
    return { ok: true };
  }

  return {
    kind: kind.name,
    file,
    installed: () => existsSync(file),
    async install(program) {
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, kind.write(program), { encoding: kind.encoding, mode: 0o644 });
      } catch (error) {
        return { ok: false, message: `${file} cannot be written: ${(error as Error).message}` };
      }
      const done = await all(kind.start(file));
      if (!done.ok) rmSync(file, { force: true });
      return done;
    },
    async remove() {
      // A file that the system knows nothing of is taken away all the same.
      const stopped = existsSync(file) ? await all(kind.stop(file)) : ({ ok: true } as const);
      try {
        rmSync(file, { force: true });
      } catch (error) {
        return { ok: false, message: `${file} cannot be removed: ${(error as Error).message}` };
      }
      return stopped;
    },
    async status() {
      const done = await run(kind.status(file));
      return done.output.trim() === '' ? undefined : done.output.trim();
    },
  };
}

function runSystem(
  [program, ...args]: SystemCommand,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly ok: boolean; readonly message: string; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: LIMIT_MS, env: { ...env }, windowsHide: true }, (error, stdout, stderr) => {
      const message = error === null ? '' : (stderr.trim().split('\n')[0] ?? '') || error.message;
      resolve({ ok: error === null, message, output: stdout });
    });
  });
}
