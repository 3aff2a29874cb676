import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { CONTROL } from '../../src/protocol/control.ts';
import { endpointSchema } from '../../src/protocol/endpoint.ts';
import { homePaths } from '../../src/protocol/home.ts';
import { RELAY_ENV } from '../../src/protocol/relay-env.ts';
import { readSnapshot } from '../../src/protocol/snapshot.ts';

export interface RelayProcessOptions {
  /** A scratch folder; never the user's own. */
  readonly home: string;
  /** Provider id -> origin. */
  readonly upstreams: Readonly<Record<string, string>>;
  /** Default 0: a free one. */
  readonly port?: number;
  /** Bundle to run. Default `dist/relay.cjs` of this clone. */
  readonly file?: string;
  /** Default: only PATH, and NO_PROXY for loopback. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface RelayProcess {
  readonly url: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** Everything it wrote to stdout and stderr. */
  said(): string;
  /** Rejects where the relay does not answer with a Snapshot in 10 s. */
  snapshot(): Promise<Snapshot>;
  /** SIGTERM, and SIGKILL after 5 s. Resolves with the exit code; null where it was killed. */
  stop(): Promise<number | null>;
}

export const RELAY_FILE = fileURLToPath(new URL('../../dist/relay.cjs', import.meta.url));

/** Starts a relay in its own process; rejects with the relay's words if it is not ready in 15 s. */
export async function startRelayProcess(options: RelayProcessOptions): Promise<RelayProcess> {
  const upstreams = Object.entries(options.upstreams).flatMap(([id, url]) => ['--upstream', `${id}=${url}`]);
  const args = [options.file ?? RELAY_FILE, '--home', options.home, '--port', String(options.port ?? 0), ...upstreams];
  const env = options.env ?? { PATH: process.env['PATH'], NO_PROXY: '127.0.0.1,localhost' };
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...RELAY_ENV, ...env },
  });
  const reap = (): void => void child.kill('SIGKILL');
  process.once('exit', reap); // It must not outlive the test, whatever ends that.
  child.once('exit', () => process.off('exit', reap));
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const url = await listeningUrl(child, said, 15_000);
  return {
    url,
    port: Number(new URL(url).port),
    child,
    said: () => said.join(''),
    snapshot: () => fetchSnapshot(url, options.home),
    stop: () => endProcess(child, 5000),
  };
}

/** Asks a process to end, makes it end after `timeoutMs`; resolves with its exit code when it is gone. */
export async function endProcess(child: ChildProcess, timeoutMs: number): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const code = await gone;
  clearTimeout(timer);
  return code;
}

function listeningUrl(child: ReturnType<typeof spawn>, said: string[], timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const giveUp = (why: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`the relay ${why}; it said: ${said.join('') || 'nothing'}`));
    };
    const timer = setTimeout(() => giveUp(`was not ready in ${timeoutMs} ms`), timeoutMs);
    const left = (code: number | null): void => giveUp(`ended with code ${code}`);
    child.once('error', (error) => giveUp(`could not be started (${error.message})`));
    child.once('exit', left);
    createInterface({ input: child.stdout! }).on('line', (line) => {
      said.push(`${line}\n`);
      const url = /listening on (http:\/\/\S+)/.exec(line)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      child.off('exit', left);
      resolve(url);
    });
  });
}

async function fetchSnapshot(url: string, home: string): Promise<Snapshot> {
  const { token } = endpointSchema.parse(JSON.parse(readFileSync(homePaths(home).endpoint, 'utf8')));
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(url + CONTROL.snapshot, { headers, signal: AbortSignal.timeout(10_000) });
  const text = await response.text();
  const snapshot = readSnapshot(text);
  if (snapshot === undefined) throw new Error(`no Snapshot (status ${response.status}): ${text.slice(0, 300)}`);
  return snapshot;
}
