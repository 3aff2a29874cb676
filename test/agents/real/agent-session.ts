import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand, type CommandRun } from '../../../scripts/run-command.ts';
import type { Snapshot } from '../../../src/core/snapshot.ts';
import { codingSession } from '../../support/mock-coding-session.ts';
import { startMockProvider, type MockProvider } from '../../support/mock-provider.ts';
import { fail, inOrder } from '../../support/mock-reply.ts';
import { startRelayProcess } from '../../support/relay-process.ts';
import { endLeftovers, killLeftovers } from './leftovers.ts';
import { readLedgerRows, type LedgerRow } from './ledger-rows.ts';
import { makeProject, type Project } from './project.ts';
import type { RealAgent } from './real-agent.ts';
import { freePort } from '../../support/free-port.ts';

/** Everything that can be said of one session afterwards. */
export interface SessionRecord {
  readonly agent: RealAgent;
  readonly run: CommandRun;
  readonly project: Project;
  readonly mock: MockProvider;
  /** Credits the provider booked. */
  readonly credits: number;
  /** Absent where the session went straight to the mock. */
  readonly relay:
    | {
        readonly before: Snapshot;
        readonly after: Snapshot;
        readonly rows: readonly LedgerRow[];
        readonly exitCode: number | null;
        readonly said: string;
      }
    | undefined;
  readonly processesLeft: readonly number[];
}

export const API_KEY = 'sk-test-000';

/**
 * One coding session of a real agent: its first request is refused with 1302, then it reads, edits, runs and says so.
 * Through a relay of its own, or (`direct`) straight to the mock. Everything started is ended, the scratch folder too.
 */
export async function holdSession<T>(
  agent: RealAgent,
  installedIn: string,
  options: { readonly direct: boolean; readonly timeoutMs: number },
  judge: (record: SessionRecord) => T,
): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), `planward-${agent.id}-`));
  const broken = (): void => {
    killLeftovers(scratch);
    rmSync(scratch, { recursive: true, force: true });
  };
  process.once('exit', broken);
  const project = await makeProject(join(scratch, 'project'));
  const mock = await startMockProvider({
    plan: 'lite',
    tokenScale: 5,
    script: inOrder([fail('1302')], codingSession(project.task)),
  });
  const home = join(scratch, 'home');
  const relayHome = join(scratch, 'planward');
  mkdirSync(home);
  try {
    const relay = options.direct
      ? undefined
      : await startRelayProcess({ home: relayHome, upstreams: { zai: mock.url } });
    try {
      const before = await relay?.snapshot();
      const command = agent.prepare({
        installedIn,
        home,
        workspace: project.folder,
        providerUrl: `${relay?.url ?? mock.url}/zai`,
        apiKey: API_KEY,
        prompt: project.prompt,
        sparePort: await freePort(),
      });
      const run = await runCommand(command.command, command.args, {
        cwd: project.folder,
        env: { ...onlyPath(), ...closedWorld(home), ...command.env },
        timeoutMs: options.timeoutMs,
      });
      const after = relay === undefined ? undefined : await settled(relay.snapshot, mock);
      const { left } = await endLeftovers(scratch);
      const exitCode = (await relay?.stop()) ?? null;
      return judge({
        agent,
        run,
        project,
        mock,
        credits: mock.credits(API_KEY),
        relay:
          relay === undefined || before === undefined || after === undefined
            ? undefined
            : { before, after, rows: readLedgerRows(relayHome), exitCode, said: relay.said() },
        processesLeft: left,
      });
    } finally {
      await relay?.stop();
    }
  } finally {
    await endLeftovers(scratch);
    await mock.close();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
    process.off('exit', broken);
  }
}

/** The snapshot once the relay has counted every request and asked for the quota; after 10 s as it then is. */
async function settled(snapshot: () => Promise<Snapshot>, mock: MockProvider): Promise<Snapshot> {
  const wanted = mock.requests.filter(({ kind }) => kind !== 'quota').length;
  const giveUpAt = Date.now() + 10_000;
  for (;;) {
    const now = await snapshot();
    const polled = now.accounts.some(({ windows }) => windows.some(({ usedFraction }) => usedFraction !== undefined));
    if ((now.exchanges >= wanted && now.inFlight === 0 && polled) || Date.now() > giveUpAt) return now;
    await sleep(200);
  }
}

/** No way out of this machine: agents also call home, and that is no part of the test. */
export function closedWorld(home: string): Record<string, string> {
  const nowhere = 'http://127.0.0.1:9';
  return {
    HOME: home,
    LANG: 'C.UTF-8',
    HTTPS_PROXY: nowhere,
    HTTP_PROXY: nowhere,
    NO_PROXY: '127.0.0.1,localhost',
  };
}

/** This process's environment taken away, PATH left. */
export function onlyPath(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) => name !== 'PATH');
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
