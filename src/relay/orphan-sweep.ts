import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { compareVersions } from '../protocol/endpoint.ts';

export interface SweepDeps {
  readonly home: string;
  readonly runningVersion: string;
  readonly now: number;
  /** True where a process of that id runs, whoever it is. */
  readonly isAlive?: (pid: number) => boolean;
}

const STALE_MS = 3_600_000;
const PROGRAM = /^(?:relay|otel)-(\d+\.\d+\.\d+[^/]*?)\.(?:cjs(?:\.map)?|bin)$/;
const MARK = /^relay-(\d+\.\d+\.\d+[^/]*?)\.(\d+)\.pid$/;
const HALF_WRITTEN = /\.(\d+)\.\d+\.tmp$/;

/**
 * Says that process `pid` runs this version's copy, until the returned function is called, so that a newer relay does not
 * delete a program that still drains. Never throws; without the mark the copy merely goes sooner.
 */
export function markRunning(home: string, version: string, pid: number): () => void {
  const mark = `${home}/relay-${version}.${pid}.pid`;
  try {
    writeFileSync(mark, '', { mode: 0o600 });
  } catch {
    // A home that cannot be written holds nothing to protect.
  }
  return () => remove(mark);
}

/**
 * Deletes what earlier relays left in the home and gives the names. Never throws. First match:
 *
 * | file | is deleted |
 * | --- | --- |
 * | `relay-<version>.<pid>.pid` | where that process is gone |
 * | `relay-<version>.cjs` and `.bin`, `otel-<version>.cjs`, older than the running one | where no mark of that version is left |
 * | `relay-<version>.cjs`, the running one or newer | never |
 * | `<name>.<pid>.<ms>.tmp` | where that process is gone, or the file is older than an hour |
 * | anything else | never |
 */
export function sweepOrphans({ home, runningVersion, now, isAlive = pidAlive }: SweepDeps): string[] {
  let names: string[];
  try {
    names = readdirSync(home);
  } catch {
    return [];
  }
  const inUse = new Set<string>();
  for (const name of names) {
    const [, version, pid] = MARK.exec(name) ?? [];
    if (version !== undefined && isAlive(Number(pid))) inUse.add(version);
  }
  const isOrphan = (name: string): boolean => {
    const mark = MARK.exec(name);
    if (mark !== null) return !isAlive(Number(mark[2]));
    const version = PROGRAM.exec(name)?.[1];
    if (version !== undefined) return compareVersions(version, runningVersion) < 0 && !inUse.has(version);
    const half = HALF_WRITTEN.exec(name);
    return half !== null && (!isAlive(Number(half[1])) || ageOf(`${home}/${name}`, now) > STALE_MS);
  };
  return names.filter((name) => isOrphan(name) && remove(`${home}/${name}`));
}

/** EPERM: the process is there and belongs to somebody else. */
function pidAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function ageOf(path: string, now: number): number {
  return now - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now);
}

function remove(path: string): boolean {
  try {
    rmSync(path);
    return true;
  } catch {
    return false;
  }
}
