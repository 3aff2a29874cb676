import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process of this user that listens on loopback or on all addresses. */
export interface LocalServer {
  readonly pid: number;
  readonly args: readonly string[];
  /** Ascending. */
  readonly ports: readonly number[];
}

const COMMAND_LIMIT_MS = 5_000;

/**
 * Processes whose arguments `wanted` takes, with the ports they listen on. Linux reads `/proc`, macOS asks `ps` and `lsof`;
 * where these say nothing the list is empty. Undefined on other systems, where nobody looks yet. Never throws.
 */
export async function findLocalServers(
  wanted: (args: readonly string[]) => boolean,
  platform: NodeJS.Platform = process.platform,
): Promise<readonly LocalServer[] | undefined> {
  if (platform === 'linux') return fromProc(wanted);
  return platform === 'darwin' ? fromLsof(wanted) : undefined;
}

function fromProc(wanted: (args: readonly string[]) => boolean): readonly LocalServer[] {
  const pids = attempt(() => readdirSync('/proc'), []).filter((name) => /^\d+$/.test(name));
  return pids.flatMap((name) => {
    const args = attempt(() => readFileSync(`/proc/${name}/cmdline`, 'utf8'), '')
      .split('\0')
      .slice(0, -1);
    if (args.length === 0 || !wanted(args)) return [];
    return { pid: Number(name), args, ports: listeningPorts(name) };
  });
}

/** Sockets of the process that listen, by the inodes of its own open files. */
function listeningPorts(pid: string): readonly number[] {
  const files = attempt(() => readdirSync(`/proc/${pid}/fd`), []);
  const inodes = new Set(
    files.map((fd) => /^socket:\[(\d+)\]$/.exec(attempt(() => readlinkSync(`/proc/${pid}/fd/${fd}`), ''))?.[1]),
  );
  const tables = ['tcp', 'tcp6'].map((name) => attempt(() => readFileSync(`/proc/${pid}/net/${name}`, 'utf8'), ''));
  return readListening(tables.join('\n'), (inode) => inodes.has(inode));
}

const LISTEN = '0A';

/** Ports in the rows of `/proc/net/tcp` that listen and whose inode is `own`. Exported for its test. */
export function readListening(table: string, own: (inode: string) => boolean): readonly number[] {
  const ports = table.split('\n').flatMap((line) => {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    if (state !== LISTEN || inode === undefined || !own(inode)) return [];
    return Number.parseInt(local?.split(':').at(-1) ?? '', 16) || [];
  });
  return [...new Set(ports)].toSorted((a, b) => a - b);
}

async function fromLsof(wanted: (args: readonly string[]) => boolean): Promise<readonly LocalServer[]> {
  const listed = await output('ps', ['-xo', 'pid=,args=']);
  const found = listed.split('\n').flatMap((line) => {
    const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    // `ps` does not tell where a path with blanks ends; flags are told by their dashes.
    const args = command?.split(/\s+(?=-)|(?<=--\S+)\s+/) ?? [];
    return pid === undefined || !wanted(args) ? [] : { pid: Number(pid), args };
  });
  return Promise.all(
    found.map(async ({ pid, args }) => {
      const open = await output('lsof', ['-nP', '-iTCP', '-sTCP:LISTEN', '-a', '-p', String(pid), '-Fn']);
      const ports = [...open.matchAll(/^n.*:(\d+)$/gm)].map(([, port]) => Number(port));
      return { pid, args, ports: [...new Set(ports)].toSorted((a, b) => a - b) };
    }),
  );
}

function output(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: COMMAND_LIMIT_MS, maxBuffer: 8 * 1024 * 1024 }, (_error, stdout) =>
      resolve(stdout),
    );
  });
}

function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise; // it ended meanwhile, or belongs to somebody else
  }
}
