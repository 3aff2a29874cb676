import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startProgram } from '../scripts/long-running.ts';
import { homePaths } from '../src/protocol/home.ts';
import { RELAY_FILE, startRelayProcess } from '../test/support/relay-process.ts';
import { freePort } from '../test/support/free-port.ts';
import type { Destination } from './load-task.ts';
import { writeNginxConfig } from './nginx-config.ts';
import { startPortkey } from './portkey.ts';

/** Something requests can go through, in a process of its own. `direct` is the upstream itself. */
export interface Target extends Destination {
  readonly name: TargetName;
  /** Undefined for `direct`. */
  readonly pid: number | undefined;
  /** Exchanges in the ledger on disk now; only the relay keeps one. */
  readonly recorded: (() => number) | undefined;
  stop(): Promise<void>;
}

/** `tcp-pipe` only copies bytes: the floor for anything written for Node. */
export type TargetName = 'direct' | 'planward' | 'http-proxy-3' | 'portkey' | 'nginx' | 'tcp-pipe';

export interface Targets {
  readonly list: readonly Target[];
  /** Targets that could not be had, with the reason. */
  readonly absent: readonly { readonly name: TargetName; readonly reason: string }[];
  stop(): Promise<void>;
}

/** Starts the upstream and everything that can stand before it. Throws where the relay is not built. */
export async function startTargets(scratch: string): Promise<Targets> {
  if (!existsSync(RELAY_FILE)) throw new Error('dist/relay.cjs is not there: run npm run build first');
  const list: Target[] = [];
  const absent: { name: TargetName; reason: string }[] = [];
  const stop = async (): Promise<void> => {
    for (const target of list.toReversed()) await target.stop();
  };
  try {
    const upstream = await startNode('direct', 'upstream-process.ts', []);
    list.push({ ...upstream, pid: undefined });
    const origin = `http://127.0.0.1:${upstream.port}`;
    list.push(await startRelay(join(scratch, 'planward'), origin));
    list.push(await startNode('http-proxy-3', 'http-proxy-3-process.ts', [origin]));
    list.push(await startNode('tcp-pipe', 'tcp-pipe-process.ts', [String(upstream.port)]));
    const portkey = await startPortkey(origin);
    if (portkey.ok) list.push(portkey.target);
    else absent.push({ name: 'portkey', reason: portkey.reason });
    const nginx = nginxProgram();
    if (nginx === undefined) absent.push({ name: 'nginx', reason: 'not installed' });
    else list.push(await startNginx(nginx, join(scratch, 'nginx'), upstream.port));
    return { list, absent, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startRelay(home: string, origin: string): Promise<Target> {
  const relay = await startRelayProcess({ home, upstreams: { zai: origin } });
  return {
    name: 'planward',
    port: relay.port,
    pid: relay.child.pid,
    recorded: () => countExchanges(homePaths(home).ledger),
    stop: async () => void (await relay.stop()),
  };
}

function countExchanges(ledger: string): number {
  const db = new DatabaseSync(ledger, { readOnly: true });
  try {
    return Number(db.prepare('SELECT count(*) AS n FROM exchange').get()?.['n']);
  } finally {
    db.close();
  }
}

async function startNode(name: TargetName, file: string, args: readonly string[]): Promise<Target> {
  const ready = /listening on http:\/\/127\.0\.0\.1:(\d+)/;
  const program = await startProgram(process.execPath, [join(import.meta.dirname, file), ...args], {
    ready,
    timeoutMs: 10_000,
  });
  return { name, port: Number(program.ready[1]), pid: program.pid, recorded: undefined, stop: program.stop };
}

async function startNginx(file: string, folder: string, upstreamPort: number): Promise<Target> {
  const port = await freePort();
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'nginx.conf');
  writeFileSync(config, writeNginxConfig(folder, port, upstreamPort));
  // Said at level notice once it listens.
  const ready = /using the .* event method/;
  const program = await startProgram(file, ['-p', folder, '-c', config], { ready, timeoutMs: 10_000 });
  return { name: 'nginx', port, pid: program.pid, recorded: undefined, stop: program.stop };
}

function nginxProgram(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, 'nginx')).find((file) => existsSync(file));
}
