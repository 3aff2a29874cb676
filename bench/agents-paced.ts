// node bench/agents-paced.ts [--only cline] [--rounds 5] [--answer-ms 900] [--trace]: what real agents meet at a provider that
// takes one request at a time, and at one that takes a few per stretch of time, with the pacer off and on in turns. Two
// sessions of each agent at once, on one key.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { patchSettings } from '../src/client/call-relay.ts';
import { findRelay } from '../src/client/find-relay.ts';
import { runCommand } from '../scripts/run-command.ts';
import { closedWorld, onlyPath, runPlanward, writeAgentFiles } from '../test/agents/connected/closed-world.ts';
import { CONNECTED_AGENTS, type ConnectedAgent } from '../test/agents/connected/connected-agent.ts';
import { toolSession } from '../test/agents/connected/tool-session.ts';
import { installAgent } from '../test/agents/real/install-agent.ts';
import { endLeftovers } from '../test/agents/real/leftovers.ts';
import { readLedgerRows } from '../test/agents/real/ledger-rows.ts';
import { makeProject } from '../test/agents/real/project.ts';
import { startMockProvider } from '../test/support/mock-provider.ts';
import { fail, type Script } from '../test/support/mock-reply.ts';
import type { MockRequest } from '../test/support/mock-request.ts';
import { startRelayProcess } from '../test/support/relay-process.ts';
import { traceOf, untilAnsweredMs } from './paced-records.ts';
import { summarise } from './statistics.ts';
import { freePort } from '../test/support/free-port.ts';

const SESSIONS = 2;
/** A provider says no sooner than it answers. */
const REFUSAL_MS = 150;
const LIMIT_MS = 150_000;
const API_KEY = 'sk-test-000';

type Squeeze = 'one at a time' | 'a few per stretch';

interface Trial {
  readonly agent: string;
  readonly squeeze: Squeeze;
  readonly paced: boolean;
  readonly done: boolean;
  readonly wallS: number;
  /** From the first chat request to the end of the last answer, by the relay's own records: without the agent's start. */
  readonly spanS: number;
  /** What requests that were answered waited longer than the provider took: in line, and while refusals were waited out. */
  readonly waitedS: number;
  /** The same without what agents do between two requests: from a request's first try to its answer, for the longest session. */
  readonly answersS: number;
  /** Refusals that the provider gave, and those of them that the agents saw. */
  readonly refused: number;
  readonly reached: number;
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    squeeze: { type: 'string' },
    rounds: { type: 'string', default: '1' },
    'answer-ms': { type: 'string', default: '900' },
    trace: { type: 'boolean', default: false },
  },
});
const ANSWER_MS = Number(values['answer-ms']);
const SQUEEZES = (['one at a time', 'a few per stretch'] as const).filter(
  (each) => values.squeeze === undefined || each.includes(values.squeeze),
);
const trials: Trial[] = [];
const installs: { readonly agent: ConnectedAgent; readonly folder: string }[] = [];
for (const agent of CONNECTED_AGENTS) {
  if (values.only !== undefined && !values.only.split(',').includes(agent.id)) continue;
  const installed = await installAgent(agent);
  if (installed.ok) installs.push({ agent, folder: installed.folder });
  else console.log(`${agent.name} left out: ${installed.reason}`);
}
for (let round = 0; round < Number(values.rounds); round++) {
  for (const { agent, folder } of installs) {
    for (const squeeze of SQUEEZES) {
      for (const paced of round % 2 === 0 ? [false, true] : [true, false]) {
        const trial = await hold(agent, folder, squeeze, paced);
        trials.push(trial);
        console.log(JSON.stringify({ ...trial, load: loadavg()[0]?.toFixed(1) }));
      }
    }
  }
}
console.table(trials);
console.table(medians(trials));

/** Medians of each case, off beside on. */
function medians(all: readonly Trial[]) {
  const cases = new Map<string, Trial[]>();
  for (const each of all) {
    const key = `${each.agent}, ${each.squeeze}`;
    cases.set(key, [...(cases.get(key) ?? []), each]);
  }
  return [...cases].map(([key, mine]) => {
    const of = (paced: boolean, field: 'wallS' | 'spanS' | 'answersS' | 'reached') =>
      summarise(mine.filter((each) => each.paced === paced && each.done).map((each) => each[field])).p50;
    const growth = (field: 'wallS' | 'spanS' | 'answersS') =>
      `${Math.round((of(true, field) / of(false, field) - 1) * 100)} %`;
    return {
      case: key,
      pairs: mine.length / 2,
      reachedOff: of(false, 'reached'),
      reachedOn: of(true, 'reached'),
      wallOff: of(false, 'wallS'),
      wallOn: of(true, 'wallS'),
      wall: growth('wallS'),
      spanOff: of(false, 'spanS'),
      spanOn: of(true, 'spanS'),
      span: growth('spanS'),
      answersOff: of(false, 'answersS'),
      answersOn: of(true, 'answersS'),
      answers: growth('answersS'),
    };
  });
}

async function hold(agent: ConnectedAgent, installedIn: string, squeeze: Squeeze, paced: boolean): Promise<Trial> {
  const scratch = mkdtempSync(join(tmpdir(), 'planward-paced-'));
  const relayHome = mkdtempSync(join(tmpdir(), 'planward-relay-'));
  const mock = await startMockProvider({
    plan: 'pro',
    delivery: { firstByteMs: ANSWER_MS },
    ...(squeeze === 'one at a time' ? { maxInFlight: 1, refusalMs: REFUSAL_MS } : {}),
  });
  const relay = await startRelayProcess({ home: relayHome, upstreams: { zai: mock.url } });
  try {
    const found = await findRelay(relayHome);
    if (!found.ok) throw new Error(found.message);
    if (paced) await patchSettings(found.endpoint, { pacedProviders: ['zai'], maxWaitSeconds: 120 });
    const sessions = [];
    for (let i = 0; i < SESSIONS; i++) sessions.push(await prepare(agent, join(scratch, String(i)), relayHome, i));
    const scripts = sessions.map(({ prompt, task }) => ({ prompt, script: toolSession(agent, task, prompt) }));
    const together: Script = (request) => {
      const text = JSON.stringify(request.json);
      return (scripts.find(({ prompt }) => text.includes(prompt)) ?? scripts[0]!).script(request);
    };
    mock.setScript(squeeze === 'one at a time' ? together : perStretch(together, 3, 10_000));
    const began = performance.now();
    const runs = await Promise.all(
      sessions.map(async ({ home, folder, prompt }) => {
        const command = agent.command({ installedIn, home, workspace: folder, prompt, sparePort: await freePort() });
        return runCommand(command.command, command.args, {
          cwd: folder,
          env: { ...onlyPath(), ...closedWorld(home), ...command.env },
          timeoutMs: LIMIT_MS,
        });
      }),
    );
    const wallS = Math.round((performance.now() - began) / 100) / 10;
    await endLeftovers(scratch);
    await relay.stop();
    const chats = readLedgerRows(relayHome).filter(({ operation }) => operation === 'chat');
    const rows = chats.filter(({ status }) => status === 429);
    const sessionOf = ({ json }: MockRequest): number => {
      const text = JSON.stringify(json);
      return scripts.findIndex(({ prompt }) => text.includes(prompt));
    };
    const answered = chats.filter(({ status }) => status === 200);
    const beganAt = Math.min(...chats.map(({ startedAt }) => startedAt));
    if (values.trace) console.log(traceOf(mock, beganAt, sessionOf, chats).join('\n'));
    return {
      agent: agent.name,
      squeeze,
      paced,
      done: runs.every(({ code }) => code === 0) && sessions.every(({ edited }) => edited()),
      wallS,
      spanS: tenths(Math.max(...answered.map(({ startedAt, durationMs }) => startedAt + durationMs)) - beganAt),
      waitedS: tenths(answered.reduce((sum, { firstByteMs }) => sum + Math.max(0, (firstByteMs ?? 0) - ANSWER_MS), 0)),
      answersS: tenths(Math.max(...scripts.map((_, i) => untilAnsweredMs(mock, i, sessionOf, answered, ANSWER_MS)))),
      refused: rows.length,
      reached: rows.filter(({ outcome }) => outcome !== 'absorbed').length,
    };
  } finally {
    await endLeftovers(scratch);
    await relay.stop();
    await mock.close();
    for (const folder of [scratch, relayHome]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function tenths(ms: number): number {
  return Math.round(ms / 100) / 10;
}

async function prepare(agent: ConnectedAgent, folder: string, relayHome: string, nth: number) {
  const home = join(folder, 'home');
  writeAgentFiles(agent, home, API_KEY);
  const connect = await runPlanward(['connect', agent.id, ...agent.connectWith], home, relayHome);
  if (connect.code !== 0) throw new Error(`connect ${agent.id}: ${connect.output}`);
  const project = await makeProject(join(folder, 'project'));
  return {
    home,
    folder: project.folder,
    prompt: `${project.prompt} This is job ${nth}.`,
    task: project.task,
    edited: () => project.edited(),
  };
}

/** Takes so many requests in each stretch of time and refuses the others, as a limit per minute does. */
function perStretch(script: Script, most: number, stretchMs: number): Script {
  let taken: number[] = [];
  return (request) => {
    const now = performance.now();
    taken = taken.filter((at) => at > now - stretchMs);
    if (taken.length >= most) return fail('1302', { firstByteMs: REFUSAL_MS });
    taken.push(now);
    return script(request);
  };
}
