import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from '../../../scripts/run-command.ts';

/**
 * Ends every process that was started with a path of the scratch folder in its arguments (Cline leaves such a daemon).
 * Gives how many there were, and the ids of those that would not end.
 */
export async function endLeftovers(
  scratch: string,
): Promise<{ readonly found: number; readonly left: readonly number[] }> {
  const found = await processesNaming(scratch);
  let left = found;
  for (const [i, signal] of (['SIGTERM', 'SIGKILL'] as const).entries()) {
    for (const pid of left) signalQuietly(pid, signal);
    for (let waited = 0; left.length > 0 && waited < 20 * (i + 1); waited++) {
      await sleep(100);
      left = await processesNaming(scratch);
    }
  }
  return { found: found.length, left };
}

/** The same at once and for good, for a test that is itself being ended. Does nothing where there is no `/proc`. */
export function killLeftovers(scratch: string): void {
  if (process.platform !== 'linux') return;
  for (const { pid, args } of fromProc())
    if (pid !== process.pid && args.includes(scratch)) signalQuietly(pid, 'SIGKILL');
}

async function processesNaming(scratch: string): Promise<readonly number[]> {
  const listed = process.platform === 'linux' ? fromProc() : await fromPs();
  return listed.filter(({ pid, args }) => pid !== process.pid && args.includes(scratch)).map(({ pid }) => pid);
}

interface Listed {
  readonly pid: number;
  readonly args: string;
}

/** A bare machine may have no `ps`. */
function fromProc(): readonly Listed[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), args: argsOf(name) }));
}

function argsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // It ended meanwhile.
  }
}

async function fromPs(): Promise<readonly Listed[]> {
  const { output } = await runCommand('ps', ['-axo', 'pid=,args='], { timeoutMs: 10_000 });
  return output.split('\n').map((line) => {
    const [, pid, args] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return { pid: Number(pid ?? 0), args: args ?? '' };
  });
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}
