import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from '../../../scripts/places.ts';
import { runCommand } from '../../../scripts/run-command.ts';
import type { RealAgent } from './real-agent.ts';

export type Installed =
  | { readonly ok: true; readonly folder: string; readonly tookMs: number }
  /** The package cannot be had here; nothing is said about the agent. */
  | { readonly ok: false; readonly reason: string };

/** The agent's pinned package in a cache folder of its own, installed from npm where it is not there yet. No install scripts. */
export async function installAgent(agent: RealAgent): Promise<Installed> {
  const folder = join(CACHE, 'agents', `${agent.id}-${agent.version}`);
  if (installedVersion(agent, folder) === agent.version) return { ok: true, folder, tookMs: 0 };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const wanted = `${agent.packageName}@${agent.version}`;
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  const run = await runCommand('npm', ['install', ...flags, wanted], { cwd: folder, timeoutMs: 240_000 });
  if (run.code === 0 && installedVersion(agent, folder) === agent.version) {
    return { ok: true, folder, tookMs: run.durationMs };
  }
  return { ok: false, reason: `npm could not install ${wanted}: ${reasonIn(run.output)}` };
}

function installedVersion(agent: RealAgent, folder: string): string | undefined {
  try {
    const text = readFileSync(join(folder, 'node_modules', agent.packageName, 'package.json'), 'utf8');
    return (JSON.parse(text) as { version?: string }).version;
  } catch {
    return undefined;
  }
}

/** The line that says most: npm's code first, else its last words. */
function reasonIn(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.find((line) => /npm error code/.test(line)) ?? lines.at(-1) ?? 'it said nothing';
}
