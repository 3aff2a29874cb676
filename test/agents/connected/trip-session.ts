import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runCommand, type CommandRun } from '../../../scripts/run-command.ts';
import { answerHold, patchSettings } from '../../../src/client/call-relay.ts';
import { findRelay } from '../../../src/client/find-relay.ts';
import { subscribe } from '../../../src/client/subscribe.ts';
import type { Flag } from '../../../src/core/flag.ts';
import type { HoldAnswer, HoldView } from '../../../src/core/scope-mode.ts';
import type { RelaySettings } from '../../../src/protocol/relay-settings.ts';
import { answerSideRequest } from '../../support/mock-coding-session.ts';
import { startMockProvider } from '../../support/mock-provider.ts';
import { say } from '../../support/mock-reply.ts';
import { startRelayProcess } from '../../support/relay-process.ts';
import { endLeftovers } from '../real/leftovers.ts';
import { readLedgerRows, type LedgerRow } from '../real/ledger-rows.ts';
import { closedWorld, onlyPath, runPlanward, writeAgentFiles } from './closed-world.ts';
import type { ConnectedAgent } from './connected-agent.ts';
import { freePort } from '../../support/free-port.ts';

/** What the provider says of a trip that reaches it. */
export const TRIP_ANSWER = 'Lisbon it is, said the provider.';

const TRIP =
  'Plan a five day trip to Lisbon for my parents, with hotels near the beach and a restaurant for each evening.';

/** A user at a window: says a word for each held turn after a while. */
export interface TripUser {
  readonly word: HoldAnswer;
  readonly afterMs: number;
}

export interface TripOptions {
  readonly settings: Partial<RelaySettings>;
  /** A window that can put a held turn to somebody; `silent` never says a word. Absent: no window is open. */
  readonly window?: TripUser | 'silent';
  readonly timeoutMs: number;
}

/** What became of it. */
export interface Trip {
  readonly run: CommandRun;
  /** Its output with every run of white space as one blank. */
  readonly words: string;
  /** Chat requests in the ledger. */
  readonly rows: readonly LedgerRow[];
  /** Turns with tools that reached the provider: no titles. */
  readonly reached: number;
  /** Every hold that was put to the user, once. */
  readonly holds: readonly HoldView[];
  readonly flags: readonly Flag[];
}

/** A real agent, connected by our own command, asks for a trip. Everything started is ended. */
export async function askForTrip(
  agent: ConnectedAgent,
  installedIn: string,
  { settings, window: user, timeoutMs }: TripOptions,
): Promise<Trip> {
  const scratch = mkdtempSync(join(tmpdir(), `planward-h-${agent.id}-`));
  const relayHome = mkdtempSync(join(tmpdir(), 'planward-relay-'));
  const mock = await startMockProvider({ plan: 'pro' });
  mock.setScript((request) => answerSideRequest(request) ?? say(TRIP_ANSWER));
  const relay = await startRelayProcess({ home: relayHome, upstreams: { zai: mock.url } });
  const holds = new Map<string, HoldView>();
  let window: { close(): void } | undefined;
  try {
    const found = await findRelay(relayHome);
    if (!found.ok) throw new Error(found.message);
    await patchSettings(found.endpoint, settings);
    const onSnapshot = ({ holds: held = [] }: { readonly holds?: readonly HoldView[] | undefined }): void => {
      for (const hold of held) {
        if (holds.has(hold.id)) continue;
        holds.set(hold.id, hold);
        if (user === undefined || user === 'silent') continue;
        void pause(user.afterMs).then(() => answerHold(found.endpoint, hold.id, user.word));
      }
    };
    if (user !== undefined) window = subscribe(found.endpoint, { onSnapshot, onUnreadable() {} }, { asks: true });
    const home = join(scratch, 'home');
    const folder = join(scratch, 'work');
    mkdirSync(folder, { recursive: true });
    writeAgentFiles(agent, home, 'sk-test-000');
    const connect = await runPlanward(['connect', agent.id, ...agent.connectWith], home, relayHome);
    if (connect.code !== 0) throw new Error(`connect: ${connect.output}`);
    const command = agent.command({ installedIn, home, workspace: folder, prompt: TRIP, sparePort: await freePort() });
    const run = await runCommand(command.command, command.args, {
      cwd: folder,
      env: { ...onlyPath(), ...closedWorld(home), ...command.env },
      timeoutMs,
    });
    await endLeftovers(scratch);
    const { flags } = await relay.snapshot();
    window?.close();
    await relay.stop();
    return {
      run,
      words: run.output.replaceAll(/\s+/g, ' '),
      rows: readLedgerRows(relayHome).filter(({ operation }) => operation === 'chat'),
      reached: mock.turns.filter(({ request }) => JSON.stringify(request.json?.['tools'] ?? []).length > 2).length,
      holds: [...holds.values()],
      flags,
    };
  } finally {
    window?.close();
    await endLeftovers(scratch);
    await relay.stop();
    await mock.close();
    for (const path of [scratch, relayHome]) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  }
}
