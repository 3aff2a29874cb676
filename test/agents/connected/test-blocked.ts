import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../../scripts/run-command.ts';
import { patchSettings } from '../../../src/client/call-relay.ts';
import { findRelay } from '../../../src/client/find-relay.ts';
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
const LIMIT_MS = 90_000;

/** A real agent in block mode asks for a trip: our words in its own output, once, and nothing at the provider. */
export async function testBlocked(agent: ConnectedAgent): Promise<ConnectedResult> {
  const began = performance.now();
  const result = (rest: Pick<ConnectedResult, 'checks' | 'skipped'>): ConnectedResult => ({
    id: `${agent.id}-blocked`,
    version: agent.version,
    durationMs: Math.round(performance.now() - began),
    ...rest,
  });
  const installed = await installAgent(agent);
  if (!installed.ok) return result({ checks: [], skipped: installed.reason });
  try {
    return result({ checks: await askForTrip(agent, installed.folder) });
  } catch (error) {
    const seen = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return result({ checks: [{ says: 'a blocked session can be held', ok: false, seen }] });
  }
}

async function askForTrip(agent: ConnectedAgent, installedIn: string): Promise<readonly Check[]> {
  const scratch = mkdtempSync(join(tmpdir(), `planward-b-${agent.id}-`));
  const relayHome = mkdtempSync(join(tmpdir(), 'planward-relay-'));
  const mock = await startMockProvider({ plan: 'pro' });
  mock.setScript((request) => answerSideRequest(request) ?? say('Lisbon it is.'));
  const relay = await startRelayProcess({ home: relayHome, upstreams: { zai: mock.url } });
  try {
    const found = await findRelay(relayHome);
    if (!found.ok) throw new Error(found.message);
    await patchSettings(found.endpoint, { modes: { zai: 'block' } });
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
    await relay.stop();
    const rows = readLedgerRows(relayHome).filter(({ operation }) => operation === 'chat');
    const refused = rows.filter(({ outcome }) => outcome === 'refused');
    const reached = mock.turns.filter(({ request }) => JSON.stringify(request.json?.['tools'] ?? []).length > 2);
    const words = run.output.replaceAll(/\s+/g, ' ');
    return [
      {
        says: 'its own output shows our words, verbatim and once',
        ok: words.split('it reads as travel planning').length === 2,
        seen: run.output.slice(-600),
      },
      { says: 'it asked once and did not try again', ok: refused.length === 1, seen: JSON.stringify(rows) },
      { says: 'the provider saw nothing of it', ok: reached.length === 0, seen: `${reached.length} turns` },
    ];
  } finally {
    await endLeftovers(scratch);
    await relay.stop();
    await mock.close();
    for (const path of [scratch, relayHome]) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  }
}
