import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../../../scripts/places.ts';
import { runCommand, type CommandRun } from '../../../scripts/run-command.ts';
import type { ConnectedAgent } from './connected-agent.ts';

/** No way out of this machine: agents also call home, and that is no part of a test. */
export function closedWorld(home: string): Record<string, string> {
  const nowhere = 'http://127.0.0.1:9';
  return { HOME: home, LANG: 'C.UTF-8', HTTPS_PROXY: nowhere, HTTP_PROXY: nowhere, NO_PROXY: '127.0.0.1,localhost' };
}

/** Takes every variable but PATH out of what a child inherits. */
export function onlyPath(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) => name !== 'PATH');
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** What the user wrote before Planward came: the agent's own configuration. */
export function writeAgentFiles(agent: ConnectedAgent, home: string, apiKey: string): void {
  for (const [name, text] of Object.entries(agent.files(apiKey))) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), text);
  }
}

/** A command of ours, as the user of `home` runs it. */
export function runPlanward(args: readonly string[], home: string, relayHome: string): Promise<CommandRun> {
  return runCommand(process.execPath, [join(ROOT, 'dist/cli.cjs'), ...args, '--home', relayHome], {
    cwd: home,
    env: { ...onlyPath(), HOME: home },
    timeoutMs: 30_000,
  });
}
