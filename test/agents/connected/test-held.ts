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
import { answerSideRequest } from '../../support/mock-coding-session.ts';
import { startMockProvider } from '../../support/mock-provider.ts';
import { say } from '../../support/mock-reply.ts';
import { startRelayProcess } from '../../support/relay-process.ts';
import type { Check } from '../real/expectations.ts';
import { installAgent } from '../real/install-agent.ts';
import { readLedgerRows } from '../real/ledger-rows.ts';
import { endLeftovers } from '../real/leftovers.ts';
import { closedWorld, freePort, onlyPath, runPlanward, writeAgentFiles } from './closed-world.ts';
import type { ConnectedAgent } from './connected-agent.ts';
import type { ConnectedResult } from './test-connected.ts';

const TRIP =
  'Plan a five day trip to Lisbon for my parents, with hotels near the beach and a restaurant for each evening.';
const ANSWER = 'Lisbon it is, said the provider.';
const LIMIT_MS = 120_000;
/** A user who thinks about it. */
const THINKING_MS = 30_000;

interface Trip {
  readonly run: CommandRun;
  readonly rows: ReturnType<typeof readLedgerRows>;
  readonly reached: number;
  readonly holds: readonly HoldView[];
  readonly flags: readonly Flag[];
}

/** A real agent asks for a trip in warn mode, and in hold mode where a user says stop at once or send after a while. */
export async function testHeld(agent: ConnectedAgent): Promise<ConnectedResult> {
  const began = performance.now();
  const result = (rest: Pick<ConnectedResult, 'checks' | 'skipped'>): ConnectedResult => ({
    id: `${agent.id}-held`,
    version: agent.version,
    durationMs: Math.round(performance.now() - began),
    ...rest,
  });
  const installed = await installAgent(agent);
  if (!installed.ok) return result({ checks: [], skipped: installed.reason });
  try {
    const stopped = judgeStopped(await askForTrip(agent, installed.folder, 'hold', 'stop', 1000));
    const sent = judgeSent(await askForTrip(agent, installed.folder, 'hold', 'send', THINKING_MS));
    const warned = judgeWarned(await askForTrip(agent, installed.folder, 'warn', undefined, 0));
    return result({ checks: [...stopped, ...sent, ...warned] });
  } catch (error) {
    const seen = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return result({ checks: [{ says: 'held sessions can be had', ok: false, seen }] });
  }
}

function judgeStopped({ run, rows, reached, holds, flags }: Trip): readonly Check[] {
  const words = run.output.replaceAll(/\s+/g, ' ');
  const refused = rows.filter(({ outcome }) => outcome === 'refused');
  return [
    {
      says: 'stopped, its own output shows our words once',
      ok: words.split('stopped it on your word').length === 2,
      seen: run.output.slice(-800),
    },
    { says: 'stopped, it asked once and did not try again', ok: refused.length === 1, seen: JSON.stringify(rows) },
    { says: 'stopped, it was held once', ok: holds.length === 1, seen: JSON.stringify(holds) },
    { says: 'stopped, the provider saw nothing of it', ok: reached === 0, seen: `${reached} turns` },
    check('stopped, the flag says who stopped it', flags, 'stopped', 'user'),
  ];
}

function judgeSent({ run, rows, reached, holds, flags }: Trip): readonly Check[] {
  return [
    {
      says: 'held for 30 s and sent, it shows the provider’s answer',
      ok: run.code === 0 && run.output.includes(ANSWER),
      seen: `code ${run.code}: ${run.output.slice(-800)}`,
    },
    { says: 'sent, it was held once', ok: holds.length === 1, seen: JSON.stringify(holds) },
    { says: 'sent, the provider saw the turn once', ok: reached === 1, seen: `${reached} turns` },
    {
      says: 'sent, its own time-out was not reached: no request was cut or repeated',
      ok: rows.every(({ outcome }) => outcome === 'completed'),
      seen: JSON.stringify(rows),
    },
    check('sent, the flag says who sent it', flags, 'sent', 'user'),
  ];
}

function judgeWarned({ run, reached, holds, flags }: Trip): readonly Check[] {
  return [
    {
      says: 'warned of, it shows the provider’s answer',
      ok: run.code === 0 && run.output.includes(ANSWER),
      seen: `code ${run.code}: ${run.output.slice(-800)}`,
    },
    {
      says: 'warned of, the turn went out once and was not held',
      ok: reached === 1 && holds.length === 0,
      seen: `${reached} turns, ${holds.length} holds`,
    },
    check('warned of, the flag says so', flags, 'warned', undefined),
  ];
}

function check(says: string, flags: readonly Flag[], acted: Flag['acted'], heldBy: Flag['heldBy']): Check {
  const tasks = flags.filter(({ category }) => category !== undefined);
  const ok = tasks.length === 1 && tasks[0]!.acted === acted && tasks[0]!.heldBy === heldBy;
  return { says, ok, seen: JSON.stringify(flags) };
}

async function askForTrip(
  agent: ConnectedAgent,
  installedIn: string,
  mode: 'hold' | 'warn',
  word: HoldAnswer | undefined,
  thinkMs: number,
): Promise<Trip> {
  const scratch = mkdtempSync(join(tmpdir(), `planward-h-${agent.id}-`));
  const relayHome = mkdtempSync(join(tmpdir(), 'planward-relay-'));
  const mock = await startMockProvider({ plan: 'pro' });
  mock.setScript((request) => answerSideRequest(request) ?? say(ANSWER));
  const relay = await startRelayProcess({ home: relayHome, upstreams: { zai: mock.url } });
  const holds = new Map<string, HoldView>();
  let window: { close(): void } | undefined;
  try {
    const found = await findRelay(relayHome);
    if (!found.ok) throw new Error(found.message);
    await patchSettings(found.endpoint, { modes: { zai: mode }, holdSeconds: 120, holdDefault: 'send' });
    // The window and its user: each held turn gets one word after a while.
    const onSnapshot = ({ holds: held = [] }: { readonly holds?: readonly HoldView[] | undefined }): void => {
      for (const hold of held) {
        if (holds.has(hold.id)) continue;
        holds.set(hold.id, hold);
        if (word !== undefined) void pause(thinkMs).then(() => answerHold(found.endpoint, hold.id, word));
      }
    };
    window = subscribe(found.endpoint, { onSnapshot, onUnreadable() {} }, { asks: true });
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
      timeoutMs: LIMIT_MS,
    });
    await endLeftovers(scratch);
    const { flags } = await relay.snapshot();
    window.close();
    await relay.stop();
    return {
      run,
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
