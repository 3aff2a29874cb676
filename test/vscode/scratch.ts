import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one run: its own Planward home, VS Code profile, extensions and workspace. Nothing of the user's is touched. */
export interface Scratch {
  readonly root: string;
  /** `PLANWARD_HOME` of the run. */
  readonly home: string;
  /** `HOME` of the run, where agents keep their settings. */
  readonly userHome: string;
  readonly userData: string;
  readonly extensions: string;
  readonly workspace: string;
  /** Ends the relay that was started for this home, then removes everything. */
  dispose(): Promise<void>;
}

/** The path is kept short: VS Code puts sockets below it, and a socket's path ends at 107 bytes. */
export function createScratch(): Scratch {
  const root = mkdtempSync(join(tmpdir(), 'pw-'));
  const folder = (name: string): string => {
    mkdirSync(join(root, name), { recursive: true, mode: 0o700 });
    return join(root, name);
  };
  const home = folder('home');
  // Where this process is told to end in the middle of a run.
  const leave = (): void => {
    const pid = relayPid(home);
    if (pid !== undefined) send(pid, 'SIGKILL');
    rmSync(root, { recursive: true, force: true });
  };
  process.once('exit', leave);
  return {
    root,
    home,
    userHome: folder('user'),
    userData: folder('user-data'),
    extensions: folder('ext'),
    workspace: folder('work'),
    async dispose() {
      process.off('exit', leave);
      await endRelayOf(home);
      rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** The relay is detached and outlives its window by design, so a run has to end it. Does nothing where none was started. */
export async function endRelayOf(home: string): Promise<void> {
  const pid = relayPid(home);
  if (pid === undefined) return;
  for (const [signal, waitMs] of [
    ['SIGTERM', 5000],
    ['SIGKILL', 2000],
  ] as const) {
    if (!send(pid, signal)) return;
    const until = Date.now() + waitMs;
    while (Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (!send(pid, 0)) return;
    }
  }
}

function relayPid(home: string): number | undefined {
  try {
    const endpoint: unknown = JSON.parse(readFileSync(join(home, 'endpoint.json'), 'utf8'));
    const pid = typeof endpoint === 'object' && endpoint !== null && 'pid' in endpoint ? endpoint.pid : undefined;
    return typeof pid === 'number' && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
