import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RELAY_ENV } from '../protocol/relay-env.ts';

export interface SuccessorDeps {
  /** Holds the program: `relay-<version>.cjs`. */
  readonly home: string;
  readonly port: number;
  /** Of the listening sockets, which the successor inherits; empty where this system cannot hand them over. */
  readonly descriptors: readonly number[];
  /** Provider id -> origin, as this relay was told on its command line. */
  readonly upstreams: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How long the successor may take to say that it serves; default 10 s. */
  readonly timeoutMs?: number;
}

export type Succession =
  | { readonly ok: true; readonly pid: number }
  /** Nobody took over: this relay goes on as before. `message` is one plain sentence. */
  | { readonly ok: false; readonly message: string };

/** What a successor says over its channel once it serves. */
export const SERVING = 'serving';

/** Environment variable that names the inherited descriptors, `3,4`. */
export const LISTEN_FDS = 'PLANWARD_LISTEN_FDS';

/** First descriptor after stdin, stdout and stderr. */
const FIRST_INHERITED = 3;

/**
 * Starts another version of the relay on the very sockets this one listens on, so that no connection is refused meanwhile:
 * both take connections until this one lets go. Resolves once the successor serves, or is known not to. Never throws.
 */
export function startSuccessor(version: string, deps: SuccessorDeps): Promise<Succession> {
  const program = join(deps.home, `relay-${version}.cjs`);
  if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version) || !existsSync(program)) {
    return Promise.resolve({
      ok: false,
      message: `There is no relay program of version ${version} in the home folder.`,
    });
  }
  if (deps.descriptors.length === 0) {
    return Promise.resolve({ ok: false, message: 'This system cannot hand a listening port over.' });
  }
  const inherited = deps.descriptors.map((_, i) => FIRST_INHERITED + i).join(',');
  const upstreams = Object.entries(deps.upstreams).flatMap(([id, url]) => ['--upstream', `${id}=${url}`]);
  const own = ['--home', deps.home, '--port', String(deps.port)];
  const child = spawn(process.execPath, [program, ...own, ...upstreams], {
    cwd: deps.home,
    detached: true,
    windowsHide: true,
    // The channel comes last, so that the inherited descriptors keep their numbers.
    stdio: ['ignore', 'inherit', 'inherit', ...deps.descriptors, 'ipc'],
    env: { ...RELAY_ENV, ...deps.env, [LISTEN_FDS]: inherited, ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' },
  });
  return new Promise((resolve) => {
    const settle = (result: Succession): void => {
      clearTimeout(timer);
      if (child.connected) child.disconnect();
      child.unref();
      if (!result.ok) child.kill('SIGKILL');
      resolve(result);
    };
    const timer = setTimeout(
      () => settle({ ok: false, message: 'The newer relay did not say in time that it serves.' }),
      deps.timeoutMs ?? 10_000,
    );
    child.once('error', (error) => settle({ ok: false, message: `The newer relay did not start: ${error.message}` }));
    child.once('exit', (code) =>
      settle({ ok: false, message: `The newer relay ended at once (exit code ${code ?? 'none'}).` }),
    );
    child.once('message', (said) => {
      if (said === SERVING) settle({ ok: true, pid: child.pid! });
    });
  });
}

/** The sockets this process was started on by the relay before it, and the way to tell that relay that we serve. */
export function readInheritance(process: NodeJS.Process): { readonly descriptors: readonly number[]; serving(): void } {
  const descriptors = (process.env[LISTEN_FDS] ?? '')
    .split(',')
    .map(Number)
    .filter((fd) => fd >= FIRST_INHERITED);
  delete process.env[LISTEN_FDS];
  return {
    descriptors,
    serving() {
      if (process.send === undefined) return;
      process.send(SERVING, () => process.disconnect());
    },
  };
}
