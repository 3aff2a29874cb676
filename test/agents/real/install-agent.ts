import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from '../../../scripts/places.ts';
import { runCommand } from '../../../scripts/run-command.ts';
import type { RealAgent } from './real-agent.ts';

export type Installed =
  | { readonly ok: true; readonly folder: string }
  /** The package cannot be had here; nothing is said about the agent. */
  | { readonly ok: false; readonly reason: string };

const INSTALL_LIMIT_MS = 150_000;

/** The agent's pinned package in a cache folder of its own, installed from npm where it is not there yet. No install scripts. */
export async function installAgent(agent: Pick<RealAgent, 'id' | 'version' | 'packageName'>): Promise<Installed> {
  const folder = join(CACHE, 'agents', `${agent.id}-${agent.version}`);
  const whole = join(folder, 'whole');
  if (existsSync(whole)) return { ok: true, folder };
  rmSync(folder, { recursive: true, force: true }); // What an install that was broken off left.
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const wanted = `${agent.packageName}@${agent.version}`;
  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  const bounded = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-timeout=60000'];
  const run = await runCommand('npm', ['install', '--ignore-scripts', ...quiet, ...bounded, wanted], {
    cwd: folder,
    timeoutMs: INSTALL_LIMIT_MS,
  });
  if (run.code !== 0) return { ok: false, reason: `npm could not install ${wanted}: ${reasonIn(run.output)}` };
  writeFileSync(whole, '');
  return { ok: true, folder };
}

/** npm's error code where it names one, else its first complaint, else its last words. */
function reasonIn(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const coded = lines.find((line) => line.startsWith('npm error code'));
  return coded ?? lines.find((line) => line.startsWith('npm error')) ?? lines.at(-1) ?? 'it said nothing';
}
