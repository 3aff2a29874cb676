import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand, type CommandRun } from '../../../scripts/run-command.ts';
import type { CodingTask } from '../../support/mock-coding-session.ts';
import { startMockProvider, type MockProvider } from '../../support/mock-provider.ts';
import { startRelayProcess, type RelayProcess } from '../../support/relay-process.ts';
import { endLeftovers } from '../real/leftovers.ts';
import { readLedgerRows, type LedgerRow } from '../real/ledger-rows.ts';
import { makeProject, type Project } from '../real/project.ts';
import { closedWorld, onlyPath, runPlanward, writeAgentFiles } from './closed-world.ts';
import type { ConnectedAgent } from './connected-agent.ts';
import { filesNaming, readTree, type Tree } from './home-tree.ts';
import { toolSession } from './tool-session.ts';
import { freePort } from '../../support/free-port.ts';

/** Everything that can be said of an agent that was connected, used and disconnected. */
export interface ConnectedRecord {
  readonly agent: ConnectedAgent;
  readonly connect: CommandRun;
  readonly coding: { readonly run: CommandRun; readonly project: Project };
  readonly email: { readonly run: CommandRun; readonly drafted: string; readonly closingText: string };
  readonly disconnect: CommandRun;
  readonly mock: MockProvider;
  readonly rows: readonly LedgerRow[];
  /** While connected: did the agent's file name the relay? */
  readonly namedRelay: boolean;
  /** Agents for which the relay stayed, while connected and after. */
  readonly routed: readonly [during: readonly string[], after: readonly string[]];
  /** Text of the edited file, before and after. */
  readonly texts: readonly [before: string, after: string];
  readonly trees: readonly [before: Tree, after: Tree];
  /** Files of HOME that still name the relay. */
  readonly stillNaming: readonly string[];
}

const API_KEY = 'sk-test-000';
const DRAFT = 'Subject: Re: Friday\n\n(no draft yet)\n';

/** One agent from npm: connected with our own command, one coding and one e-mail session, disconnected. */
export async function holdConnected<T>(
  agent: ConnectedAgent,
  installedIn: string,
  limitMs: number,
  judge: (record: ConnectedRecord) => T,
): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), `planward-c-${agent.id}-`));
  // Apart from the scratch folder, whose processes are ended between the sessions.
  const relayHome = mkdtempSync(join(tmpdir(), 'planward-relay-'));
  const mock = await startMockProvider({ plan: 'pro' });
  let relay: RelayProcess | undefined;
  try {
    const home = join(scratch, 'home');
    writeAgentFiles(agent, home, API_KEY);
    const before = readTree(home);
    relay = await startRelayProcess({ home: relayHome, upstreams: { zai: mock.url } });
    const planward = (args: readonly string[]): Promise<CommandRun> => runPlanward(args, home, relayHome);
    const routed = (): readonly string[] =>
      (JSON.parse(readFileSync(join(relayHome, 'settings.json'), 'utf8')) as { routedAgents: string[] }).routedAgents;

    const connect = await planward(['connect', agent.id, ...agent.connectWith]);
    const relayName = `127.0.0.1:${relay.port}/@${agent.id}/zai/`;
    const namedRelay = filesNaming(home, relayName).join() === agent.edited;
    const during = connect.code === 0 ? routed() : [];

    const project = await makeProject(join(scratch, 'project'));
    const launch = async (folder: string, prompt: string, task: CodingTask): Promise<CommandRun> => {
      mock.setScript(toolSession(agent, task, prompt));
      const command = agent.command({ installedIn, home, workspace: folder, prompt, sparePort: await freePort() });
      return runCommand(command.command, command.args, {
        cwd: folder,
        env: { ...onlyPath(), ...closedWorld(home), ...command.env },
        timeoutMs: limitMs,
      });
    };
    const coding = await launch(project.folder, project.prompt, project.task);
    await endLeftovers(scratch);
    const office = await makeOffice(join(scratch, 'office'));
    const email = await launch(office.folder, office.prompt, office.task);
    await endLeftovers(scratch);

    const disconnect = await disconnected(planward, agent.id);
    const after = readTree(home);
    await sleep(300);
    const afterRouted = routed();
    await relay.stop();
    return judge({
      agent,
      connect,
      coding: { run: coding, project },
      email: { run: email, drafted: readFileSync(office.task.file, 'utf8'), closingText: office.task.closingText },
      disconnect,
      mock,
      rows: readLedgerRows(relayHome),
      namedRelay,
      routed: [during, afterRouted],
      texts: [agent.files(API_KEY)[agent.edited]!, readFileSync(join(home, agent.edited), 'utf8')],
      trees: [before, after],
      stillNaming: filesNaming(home, relayName),
    });
  } finally {
    await endLeftovers(scratch);
    await relay?.stop();
    await mock.close();
    for (const folder of [scratch, relayHome]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Plainly first; where the agent wrote its own file meanwhile, only our address is put back. */
async function disconnected(
  planward: (args: readonly string[]) => Promise<CommandRun>,
  id: string,
): Promise<CommandRun> {
  const plain = await planward(['disconnect', id]);
  return plain.code === 0 ? plain : await planward(['disconnect', id, '--our-keys']);
}

interface Office {
  readonly folder: string;
  readonly prompt: string;
  readonly task: CodingTask;
}

/** A folder with a letter to answer: work that is no coding, done with the same tools. */
async function makeOffice(folder: string): Promise<Office> {
  mkdirSync(join(folder, 'inbox'), { recursive: true });
  writeFileSync(join(folder, 'inbox', '001-dana.eml'), 'From: Dana\nSubject: Friday\n\nDo you have time on Friday?\n');
  const file = join(folder, 'draft.txt');
  writeFileSync(file, DRAFT);
  return {
    folder,
    prompt: 'Read the letter in inbox/ and draft a reply to Dana in draft.txt.',
    task: {
      file,
      oldText: '(no draft yet)',
      newText: 'Yes, Friday suits me.',
      command: 'cat inbox/001-dana.eml',
      closingText: 'The reply to Dana is drafted.',
    },
  };
}
