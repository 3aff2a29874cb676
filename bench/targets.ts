import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Snapshot } from '../src/core/snapshot.ts';
import { listen } from '../test/support/loopback.ts';
import { open } from '../test/support/raw-client.ts';
import { endProcess, RELAY_FILE, startRelayProcess } from '../test/support/relay-process.ts';
import { writeNginxConfig } from './nginx-config.ts';

/** Something requests can go through, in a process of its own. `direct` is the upstream itself. */
export interface Target {
  readonly name: TargetName;
  readonly port: number;
  /** Undefined for `direct`. */
  readonly pid: number | undefined;
  /** Only the relay can say what it recorded. */
  readonly snapshot: (() => Promise<Snapshot>) | undefined;
  stop(): Promise<void>;
}

/** `tcp-pipe` only copies bytes: the floor for anything written for Node. */
export type TargetName = 'direct' | 'planward' | 'http-proxy-3' | 'nginx' | 'tcp-pipe';

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
    snapshot: relay.snapshot,
    stop: async () => void (await relay.stop()),
  };
}

async function startNode(name: TargetName, file: string, args: readonly string[]): Promise<Target> {
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await portSaidBy(child, name);
  return { name, port, pid: child.pid, snapshot: undefined, stop: async () => void (await endProcess(child, 3000)) };
}

async function startNginx(program: string, folder: string, upstreamPort: number): Promise<Target> {
  const port = await freePort();
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'nginx.conf');
  writeFileSync(config, writeNginxConfig(folder, port, upstreamPort));
  const child = spawn(program, ['-p', folder, '-c', config, '-e', join(folder, 'error.log')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await answers(port, 'nginx');
  return {
    name: 'nginx',
    port,
    pid: child.pid,
    snapshot: undefined,
    stop: async () => void (await endProcess(child, 3000)),
  };
}

function nginxProgram(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, 'nginx')).find((file) => existsSync(file));
}

function portSaidBy(child: ChildProcess, name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} was not ready in 10 s`)), 10_000);
    child.once('exit', (code) => reject(new Error(`${name} ended with code ${code}`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const port = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
  });
}

async function answers(port: number, name: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      (await open(port)).destroy();
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error(`${name} was not ready in 5 s`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
