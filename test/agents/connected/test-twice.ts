import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../../scripts/run-command.ts';
import { startMockProvider } from '../../support/mock-provider.ts';
import type { RelayProcess } from '../../support/relay-process.ts';
import type { Check } from '../real/expectations.ts';
import { readLedgerRows } from '../real/ledger-rows.ts';
import { endLeftovers } from '../real/leftovers.ts';
import { makeProject } from '../real/project.ts';
import { startReading, sumsOf, untilRead, waysOf } from '../real/reading-relay.ts';
import { closedWorld, onlyPath, runPlanward, writeAgentFiles } from './closed-world.ts';
import { CONNECTED_AGENTS, type ConnectedAgent } from './connected-agent.ts';
import { toolSession } from './tool-session.ts';
import { freePort } from '../../support/free-port.ts';

/** Agents that write down what they were answered, in files Planward reads. */
export const WRITING_AGENTS = CONNECTED_AGENTS.filter(({ id }) => id !== 'openclaw');

const LIMIT_MS = 90_000;

/** A real agent's session, seen by the relay and in its own files at once, then in its files alone: the same totals. */
export async function testTwice(agent: ConnectedAgent, installedIn: string): Promise<readonly Check[]> {
  const scratch = mkdtempSync(join(tmpdir(), `planward-t-${agent.id}-`));
  const relayHomes = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'planward-relay-')));
  const home = join(scratch, 'home');
  const mock = await startMockProvider({ plan: 'pro' });
  let relay: RelayProcess | undefined;
  try {
    writeAgentFiles(agent, home, 'sk-test-000');
    relay = await startReading(relayHomes[0]!, home, { zai: mock.url });
    const connect = await runPlanward(['connect', agent.id, ...agent.connectWith], home, relayHomes[0]!);
    if (connect.code !== 0) throw new Error(`connect: ${connect.output}`);
    const project = await makeProject(join(scratch, 'project'));
    mock.setScript(toolSession(agent, project.task, project.prompt));
    const { prompt, folder: workspace } = project;
    const command = agent.command({ installedIn, home, workspace, prompt, sparePort: await freePort() });
    const run = await runCommand(command.command, command.args, {
      cwd: workspace,
      env: { ...onlyPath(), ...closedWorld(home), ...command.env },
      timeoutMs: LIMIT_MS,
    });
    await endLeftovers(scratch);
    const both = await untilRead(
      relay,
      (status) => (status.turnFiles?.matched ?? 0) + (status.turnFiles?.turns ?? 0) > 3,
    );
    await relay.stop();
    const rows = readLedgerRows(relayHomes[0]!);

    relay = await startReading(relayHomes[1]!, home, {});
    const alone = await untilRead(relay, (status) => (status.turnFiles?.turns ?? 0) > 3);
    await relay.stop();
    const written = readLedgerRows(relayHomes[1]!);
    // Side requests (titles) are not in every agent's files: these rows nobody wrote down.
    const turns = rows.filter((row) => written.some((each) => sumsOf([each]) === sumsOf([row])));
    const seen = JSON.stringify({ rows, written, both: both.turnFiles, alone: alone.turnFiles });
    return [
      { says: 'the session works', ok: run.code === 0 && project.edited(), seen: run.output.slice(-800) },
      {
        says: 'seen both ways, each answer of the provider counts once',
        ok: both.turnFiles?.turns === 0 && rows.length === mock.turns.length && sumsOf(rows) === figuresOf(mock.turns),
        seen: `${sumsOf(rows)} against ${figuresOf(mock.turns)}: ${seen}`,
      },
      {
        says: 'every turn of its files was known from the relay',
        ok: both.turnFiles?.matched === written.length && written.length >= 4,
        seen,
      },
      {
        says: 'its files alone give the same totals as the relay',
        ok: turns.length === written.length && sumsOf(turns) === sumsOf(written),
        seen,
      },
      {
        says: 'the ways in which it is seen are told',
        ok: waysOf(both, agent.id) === 'relay,transcript' && waysOf(alone, agent.id) === 'transcript',
        seen: JSON.stringify([both.agents, alone.agents]),
      },
    ];
  } finally {
    await endLeftovers(scratch);
    await relay?.stop();
    await mock.close();
    for (const folder of [scratch, ...relayHomes]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function figuresOf(turns: Awaited<ReturnType<typeof startMockProvider>>['turns']): string {
  const sum = (of: (usage: (typeof turns)[number]['usage']) => number) =>
    turns.reduce((all, { usage }) => all + of(usage), 0);
  return `${sum((usage) => usage.inputTokens)} ${sum((usage) => usage.cacheReadTokens)} ${sum((usage) => usage.outputTokens)}`;
}
