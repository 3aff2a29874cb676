import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommand, type CommandRun } from '../../../scripts/run-command.ts';
import { answerSideRequest } from '../../support/mock-coding-session.ts';
import { startMockProvider, type MockProvider } from '../../support/mock-provider.ts';
import { say } from '../../support/mock-reply.ts';
import { endLeftovers } from '../real/leftovers.ts';
import { closedWorld, onlyPath, runPlanward } from '../connected/closed-world.ts';
import type { HookedAgent } from './hooked-agent.ts';
import { freePort } from '../../support/free-port.ts';

export const ANSWER = 'The mock provider answers this.';

/** One user's machine with one agent, the mock provider and a Planward home, and no relay. */
export interface HookedWorld {
  readonly home: string;
  readonly relayHome: string;
  readonly mock: MockProvider;
  /** Asks the agent once. `chats`: what reached the provider while it ran. */
  ask(prompt: string): Promise<{ readonly run: CommandRun; readonly words: string; readonly chats: readonly string[] }>;
  planward(...args: readonly string[]): Promise<CommandRun>;
  setMode(mode: 'observe' | 'warn' | 'block'): void;
  /** Puts another program where the hook's own stands; undefined takes all of ours away. */
  breakProgram(source: string | undefined): void;
}

const LIMIT_MS = 90_000;

export async function inHookedWorld<T>(
  agent: HookedAgent,
  installedIn: string,
  hold: (world: HookedWorld) => Promise<T>,
): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), `planward-h-${agent.id}-`));
  const relayHome = mkdtempSync(join(tmpdir(), 'planward-hooks-'));
  const mock = await startMockProvider({ plan: 'pro' });
  mock.setScript((request) => answerSideRequest(request) ?? say(ANSWER));
  const home = join(scratch, 'home');
  const folder = join(scratch, 'work');
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(agent.files('sk-test-000', mock.url))) {
      mkdirSync(dirname(join(home, name)), { recursive: true });
      writeFileSync(join(home, name), text);
    }
    return await hold({
      home,
      relayHome,
      mock,
      async ask(prompt) {
        const before = mock.requests.length;
        const { command, args, env } = agent.command({
          installedIn,
          home,
          workspace: folder,
          prompt,
          sparePort: await freePort(),
        });
        const run = await runCommand(command, args, {
          cwd: folder,
          env: { ...onlyPath(), ...closedWorld(home), ...env },
          timeoutMs: LIMIT_MS,
        });
        await endLeftovers(scratch);
        const chats = mock.requests
          .slice(before)
          .filter(({ json }) => json?.['messages'] !== undefined)
          .map(({ json }) => JSON.stringify(json));
        return { run, words: run.output.replaceAll(/\s+/g, ' '), chats };
      },
      planward: (...args) => runPlanward(args, home, relayHome),
      setMode: (mode) => writeFileSync(join(relayHome, 'settings.json'), JSON.stringify({ modes: { zai: mode } })),
      breakProgram(source) {
        const hooks = join(relayHome, 'hooks');
        if (source === undefined) return rmSync(hooks, { recursive: true, force: true });
        writeFileSync(join(hooks, 'hook.cjs'), source);
        chmodSync(join(hooks, 'hook.cjs'), 0o600);
      },
    });
  } finally {
    await endLeftovers(scratch);
    await mock.close();
    for (const path of [scratch, relayHome]) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Text of the user's own files as they stand now. */
export function filesNow(agent: HookedAgent, { home, mock }: HookedWorld): Readonly<Record<string, string>> {
  const names = Object.keys(agent.files('sk-test-000', mock.url));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(home, name), 'utf8')]));
}
