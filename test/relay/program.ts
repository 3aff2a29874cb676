import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { CONTROL } from '../../src/protocol/control.ts';
import { endpointSchema, type Endpoint } from '../../src/protocol/endpoint.ts';
import { homePaths } from '../../src/protocol/home.ts';
import { snapshotSchema } from '../../src/protocol/snapshot.ts';
import { startMockProvider, type MockOptions, type MockProvider } from '../support/mock-provider.ts';

export interface ProgramOptions {
  /** Default: the scratch home of the test. */
  readonly home?: string;
  readonly port?: number;
  /** Provider id -> origin. Default: none, so that nothing leaves the machine only as long as nothing is asked. */
  readonly upstreams?: Readonly<Record<string, string>>;
  /** Instead of `--home`, `--port` and `--upstream`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What runs the bundle. Default: this Node. */
  readonly command?: readonly string[];
  readonly uid?: number;
  /** Where stdout and stderr go; default: pipes that are read. */
  readonly logFd?: number;
}

export interface Program {
  readonly child: ChildProcess;
  out(): string;
  err(): string;
  /** Exit code; null where a signal ended it. */
  readonly exited: Promise<number | null>;
  readonly port: number;
  readonly url: string;
  endpoint(): Endpoint;
  /** A control call with the token. */
  control(path: string, init?: { method?: string; body?: unknown }): Promise<{ status: number; json: unknown }>;
  snapshot(): Promise<Snapshot>;
  /** The first Snapshot that satisfies `wanted`; rejects with the last one after `timeoutMs` (5 s). */
  until(wanted: (snapshot: Snapshot) => boolean, timeoutMs?: number): Promise<Snapshot>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export interface Stage {
  /** A fresh folder for each test; does not exist yet. */
  readonly home: string;
  /** The folder that holds it. */
  readonly folder: string;
  readonly relayFile: string;
  /** Bundled where `useProgram` was asked to. */
  readonly cliFile: string;
  /** Starts the program without waiting for anything. */
  launch(options?: ProgramOptions): Omit<Program, 'port' | 'url'> & { readonly ready: Promise<Program> };
  /** Starts it and waits until it listens; rejects with its words where it does not in 15 s. */
  start(options?: ProgramOptions): Promise<Program>;
  mock(options?: MockOptions): Promise<MockProvider>;
  onEnd(task: () => unknown): void;
}

/** Fresh bundles of the programs for a test file, and a scratch home, processes and mocks that end with each test. */
export function useProgram(alsoCli = false): Stage {
  const bundles = mkdtempSync(join(tmpdir(), 'planward-bundle-'));
  const relayFile = join(bundles, 'relay.cjs');
  const cliFile = join(bundles, 'cli.cjs');
  let folder = '';
  let tasks: (() => unknown)[] = [];

  beforeAll(async () => {
    await bundle('src/relay/main.ts', relayFile);
    if (alsoCli) await bundle('src/cli/main.ts', cliFile);
  });
  afterAll(() => rmSync(bundles, { recursive: true }));
  afterEach(async () => {
    for (const task of tasks.toReversed()) await task();
    tasks = [];
    if (folder !== '') rmSync(folder, { recursive: true });
    folder = '';
  });

  const stage: Stage = {
    get folder() {
      if (folder === '') folder = mkdtempSync(join(tmpdir(), 'planward-program-'));
      return folder;
    },
    get home() {
      return join(stage.folder, 'home');
    },
    relayFile,
    cliFile,
    launch(options = {}) {
      const home = options.home ?? stage.home;
      const launched = launch(relayFile, home, options);
      tasks.push(() => end(launched.child, launched.exited));
      return launched;
    },
    start: (options) => stage.launch(options).ready,
    async mock(options) {
      const mock = await startMockProvider(options);
      tasks.push(() => mock.close());
      return mock;
    },
    onEnd: (task) => void tasks.push(task),
  };
  return stage;
}

/** Every byte in the folder, by path below it: what a search for a secret has to look at. */
export function filesOf(folder: string): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(path.slice(folder.length + 1), readFileSync(path));
  }
  return files;
}

/** Tries `check` until it does not throw, for at most `timeoutMs`; then its error counts. */
export async function eventually<T>(check: () => T | Promise<T>, timeoutMs = 5000): Promise<T> {
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
    }
    await pause(25);
  }
}

async function bundle(entry: string, outfile: string): Promise<void> {
  await build({
    absWorkingDir: join(import.meta.dirname, '../..'),
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'error',
    define: { PLANWARD_VERSION: '"1.2.3"' },
  });
}

function launch(file: string, home: string, options: ProgramOptions): ReturnType<Stage['launch']> {
  const upstreams = Object.entries(options.upstreams ?? {}).flatMap(([id, url]) => ['--upstream', `${id}=${url}`]);
  const args = options.args ?? ['--home', home, '--port', String(options.port ?? 0), ...upstreams];
  const [command, ...before] = options.command ?? [process.execPath];
  const sink = options.logFd ?? 'pipe';
  const child = spawn(command!, [...before, file, ...args], {
    stdio: ['ignore', sink, sink],
    env: { PATH: process.env['PATH'], HOME: home, ...options.env },
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid, cwd: '/' }),
  });
  let out = '';
  let err = '';
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const ready = new Promise<Program>((resolve, reject) => {
    const giveUp = (why: string): void => reject(new Error(`the relay ${why}; it said: ${out}${err}`));
    const timer = setTimeout(() => giveUp('was not ready in 15 s'), 15_000);
    void exited.then((code) => {
      clearTimeout(timer);
      giveUp(`ended with ${code}`);
    });
    child.once('error', (error) => giveUp(`could not be started: ${error.message}`));
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const port = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(out)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve({ ...program, port: Number(port), url: `http://127.0.0.1:${port}` });
    });
  });
  ready.catch(() => {}); // whoever waits for it hears of it

  const endpoint = (): Endpoint => endpointSchema.parse(JSON.parse(readFileSync(homePaths(home).endpoint, 'utf8')));
  const program = {
    child,
    out: () => out,
    err: () => err,
    exited,
    endpoint,
    async control(path: string, init: { method?: string; body?: unknown } = {}) {
      const { port, token } = endpoint();
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: init.method ?? 'GET',
        headers: { authorization: `Bearer ${token}` },
        ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
      });
      return { status: response.status, json: await response.json() };
    },
    async snapshot() {
      const { json } = await program.control(CONTROL.snapshot);
      return snapshotSchema.parse(json) as Snapshot;
    },
    async until(wanted: (snapshot: Snapshot) => boolean, timeoutMs?: number) {
      return eventually(async () => {
        const snapshot = await program.snapshot();
        if (!wanted(snapshot)) throw new Error(`not yet: ${JSON.stringify(snapshot)}`);
        return snapshot;
      }, timeoutMs);
    },
    stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
  return { ...program, ready };
}

async function end(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timers = [
    setTimeout(() => child.kill('SIGTERM'), 100), // the second one waits for nobody
    setTimeout(() => child.kill('SIGKILL'), 8000),
  ];
  await exited;
  for (const timer of timers) clearTimeout(timer);
}
