import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Endpoint, Health } from '../protocol/endpoint.ts';
import { homePaths } from '../protocol/home.ts';
import { askHealth, findRelay } from './find-relay.ts';
import { spawnOptions } from './spawn-options.ts';

export interface LaunchRequest {
  readonly home: string;
  readonly port: number;
  readonly version: string;
  /** The relay program this installation brought along, `dist/relay.cjs`. */
  readonly relayScript: string;
  readonly runtime?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Process of a relay that is on its way out and does not count as started. */
  readonly notPid?: number | undefined;
  /** How long the relay may take to listen; 10 s where absent. */
  readonly timeoutMs?: number;
}

export type LaunchResult =
  | { readonly ok: true; readonly endpoint: Endpoint; readonly health: Health }
  | {
      readonly ok: false;
      readonly reason: 'home' | 'program' | 'port-busy' | 'exited' | 'timeout';
      readonly message: string;
      /** Who holds the port, `nginx (pid 812)`; absent where that cannot be told or is not the trouble. */
      readonly owner?: string;
    };

/** How long a relay that stepped back for another one may take to be found. */
const STEPPED_BACK_MS = 2500;

/**
 * Starts the relay as a daemon that outlives us and waits until it answers. A relay of ours that is there already counts
 * as started. Its program is copied into the home first: VS Code deletes old extension folders under running processes.
 * Never throws; `message` is one plain sentence.
 */
export async function launchRelay(asked: LaunchRequest): Promise<LaunchResult> {
  const { home, port } = asked;
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    await chmod(home, 0o700);
  } catch (error) {
    return { ok: false, reason: 'home', message: `The folder ${home} cannot be written: ${(error as Error).message}` };
  }
  const installed = await installProgram(home, asked.version, asked.relayScript);
  if (!installed.ok) return { ok: false, reason: 'program', message: installed.message };
  const { script } = installed;
  const logFile = homePaths(home).log;
  let log;
  try {
    log = await open(logFile, 'a', 0o600);
  } catch (error) {
    return { ok: false, reason: 'home', message: `The relay's log cannot be written: ${(error as Error).message}` };
  }
  const logStart = (await log.stat()).size;
  let ended: { code: number | null; at: number; error?: Error } | undefined;
  try {
    const runtime = asked.runtime ?? process.execPath;
    const plan = spawnOptions({ runtime, script, home, port, env: asked.env ?? process.env, logFd: log.fd });
    const child = spawn(plan.command, plan.args, plan.options);
    child.once('error', (error) => (ended ??= { code: null, at: Date.now(), error }));
    child.once('exit', (code) => (ended ??= { code, at: Date.now() }));
    child.unref();
  } finally {
    await log.close();
  }

  const until = Date.now() + (asked.timeoutMs ?? 10_000);
  for (let wait = 25; Date.now() < until; wait = Math.min(wait * 1.5, 250)) {
    const over = ended;
    const found = await findRelay(home, 1000);
    if (found.ok && found.health.pid !== asked.notPid && !found.health.draining) return found;
    if (over?.error !== undefined) {
      return { ok: false, reason: 'program', message: `The relay did not start: ${over.error.message}` };
    }
    if (over !== undefined && (over.code !== 0 || Date.now() - over.at > STEPPED_BACK_MS)) {
      return whyEnded(port, over.code, await lastWords(logFile, logStart));
    }
    await pause(wait);
  }
  return { ok: false, reason: 'timeout', message: `The relay did not answer in time; its log is ${logFile}.` };
}

/** A relay that ended: was it the port, or something of its own? It names the program on the port, where it can. */
async function whyEnded(port: number, code: number | null, words: string | undefined): Promise<LaunchResult> {
  const holder = port === 0 ? ({ kind: 'nobody' } as const) : await askHealth(port, 1000);
  if (holder.kind !== 'nobody') {
    const named = /is taken by (.+?), so/.exec(words ?? '')?.[1];
    const owner = holder.kind === 'ours' ? `Planward (pid ${holder.health.pid})` : named;
    const message = `Port ${port} is used by ${owner ?? 'another program'}. Stop that program, or choose another port in the setting planward.relay.port.`;
    return { ok: false, reason: 'port-busy', message, ...(owner === undefined ? {} : { owner }) };
  }
  const message = words ?? `The relay ended at once (exit code ${code ?? 'none'}).`;
  return { ok: false, reason: 'exited', message };
}

/**
 * Copies the relay's program into the home, as `relay-<version>.cjs`, and before it the model that lies beside it, as
 * `relay-<version>.bin`; a relay without one relays and judges nothing. Never throws.
 */
export async function installProgram(
  home: string,
  version: string,
  from: string,
): Promise<{ readonly ok: true; readonly script: string } | { readonly ok: false; readonly message: string }> {
  const script = `${home}/relay-${version}.cjs`;
  try {
    const model = modelOf(from);
    if (model !== undefined) await copyProgram(model, `${home}/relay-${version}.bin`);
    await copyProgram(from, script);
    // The thread that only an export to a collector needs; an installation without it can do everything else.
    const otel = from.replace(/relay([^/\\]*)$/, 'otel$1');
    if (otel !== from && existsSync(otel)) await copyProgram(otel, `${home}/otel-${version}.cjs`);
    return { ok: true, script };
  } catch (error) {
    return { ok: false, message: `The relay cannot be installed: ${(error as Error).message}` };
  }
}

/** The model of a program: that of a copy in a home has the copy's name, that of an installation its own. */
function modelOf(program: string): string | undefined {
  return [program.replace(/\.cjs$/, '.bin'), join(dirname(program), 'scope-model.bin')].find((path) =>
    existsSync(path),
  );
}

/** Copies only what differs, and by renaming, so that a window starting at the same moment never runs half a file. */
async function copyProgram(from: string, to: string): Promise<void> {
  const fresh = await readFile(from);
  const size = await stat(to).then(
    (file) => file.size,
    () => -1,
  );
  if (size === fresh.length && fresh.equals(await readFile(to))) return;
  const half = `${to}.${process.pid}.${Date.now()}.tmp`;
  try {
    await writeFile(half, fresh, { mode: 0o600 });
    await rename(half, to);
  } finally {
    await rm(half, { force: true });
  }
}

/** The last line the relay wrote, without its name before it; undefined where it said nothing. */
async function lastWords(logFile: string, from: number): Promise<string | undefined> {
  const text = await readFile(logFile).then(
    (bytes) => bytes.subarray(from).toString('utf8'),
    () => '',
  );
  const line = text
    .split('\n')
    .map((said) => said.trim())
    .findLast((said) => said !== '');
  return line?.replace(/^planward(?: relay)?: /, '').slice(0, 400);
}
