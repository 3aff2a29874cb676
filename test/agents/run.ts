// npm run test:agents [-- --only cline] [--direct] [--result FILE]: real coding agents from npm, each through a relay of
// its own against the mock provider. --direct leaves the relay out: tells an agent that broke from a relay that did.
// --core: what npm test runs, one of each kind of trial, so that it stays short; the whole takes about twelve minutes more.
// Then (--only cline-connected) those that our own command points at the relay and back again.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE } from '../../scripts/places.ts';
import { closingLine } from '../../scripts/tally.ts';
import { CONNECTED_AGENTS } from './connected/connected-agent.ts';
import { testBlocked } from './connected/test-blocked.ts';
import { testTwice, WRITING_AGENTS } from './connected/test-twice.ts';
import { testConnected } from './connected/test-connected.ts';
import { testHeld } from './connected/test-held.ts';
import { HOOKED_AGENTS } from './hooked/hooked-agent.ts';
import { testHooked } from './hooked/test-hooked.ts';
import { holdSession } from './real/agent-session.ts';
import { codexTransport, judgeCodexTransport } from './real/codex-transport.ts';
import { judgeSession, type Check } from './real/expectations.ts';
import { installAgent } from './real/install-agent.ts';
import { REAL_AGENTS, type RealAgent } from './real/real-agent.ts';

const SESSION_LIMIT_MS = 80_000;

interface AgentResult {
  readonly id: string;
  readonly version: string;
  readonly durationMs: number;
  readonly skipped?: string;
  readonly checks: readonly Check[];
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    core: { type: 'boolean', default: false },
    direct: { type: 'boolean', default: false },
    result: { type: 'string' },
  },
});
/** One package and what is judged of it. */
type Trial = Pick<RealAgent, 'id' | 'name' | 'packageName' | 'version'> & {
  hold(installedIn: string): Promise<readonly Check[]>;
};
const trials: readonly Trial[] = [
  ...REAL_AGENTS.map((agent) => ({
    ...agent,
    hold: (installedIn: string) =>
      holdSession(agent, installedIn, { direct: values.direct, timeoutMs: SESSION_LIMIT_MS }, judgeSession),
  })),
  // It is about the relay, so there is nothing to see without one.
  ...(values.direct
    ? []
    : [{ ...codexTransport, hold: (installedIn: string) => judgeCodexTransport(installedIn, SESSION_LIMIT_MS) }]),
];
/** One of each kind of trial; every agent is pointed at the relay and back. */
const CORE = [
  'claude-code',
  'codex',
  'claude-code-connected',
  'cline-connected',
  'kilo-code-connected',
  'openclaw-connected',
  'claude-code-blocked',
  'cline-held',
  'claude-code-twice',
  'claude-code-hooked',
];
const named = values.only?.split(',') ?? (values.core ? CORE : undefined);
const wanted = (id: string): boolean => named === undefined || named.includes(id);
const chosen = trials.filter(({ id }) => wanted(id));
/** The same programs as users have them: pointed at the relay by our own command. */
const connected = values.direct ? [] : CONNECTED_AGENTS.filter(({ id }) => wanted(`${id}-connected`));
const blocked = values.direct ? [] : CONNECTED_AGENTS.filter(({ id }) => wanted(`${id}-blocked`));
/** Two that behave differently while they wait; each is asked three times. */
const HELD = ['claude-code', 'cline'];
const held = values.direct ? [] : CONNECTED_AGENTS.filter(({ id }) => HELD.includes(id) && wanted(`${id}-held`));
/** And those that ask by their own hook, without a relay. */
const twice = values.direct ? [] : WRITING_AGENTS.filter(({ id }) => wanted(`${id}-twice`));
const hooked = values.direct
  ? []
  : HOOKED_AGENTS.filter(
      ({ id, onlyNamed }) => wanted(`${id}-hooked`) && (onlyNamed !== true || values.only !== undefined),
    );
if (chosen.length + connected.length + blocked.length + held.length + twice.length + hooked.length === 0) {
  const known = [
    ...trials.map(({ id }) => id),
    ...CONNECTED_AGENTS.flatMap(({ id }) => [`${id}-connected`, `${id}-blocked`]),
    ...HELD.map((id) => `${id}-held`),
    ...WRITING_AGENTS.map(({ id }) => `${id}-twice`),
    ...HOOKED_AGENTS.map(({ id }) => `${id}-hooked`),
  ];
  console.error(`There is no agent ${values.only}. Agents: ${known.join(', ')}`);
  process.exit(2);
}

const results: AgentResult[] = [];
for (const agent of chosen) report(agent.name, await testAgent(agent));
for (const agent of connected) {
  console.log(`${agent.name} ${agent.version}: connected by planward, used twice, disconnected…`);
  report(`${agent.name}, connected`, await testConnected(agent));
}
for (const agent of blocked) {
  console.log(`${agent.name} ${agent.version}: asked for a trip in block mode…`);
  report(`${agent.name}, blocked`, await testBlocked(agent));
}
for (const agent of held) {
  console.log(`${agent.name} ${agent.version}: asked for a trip in hold and warn mode…`);
  report(`${agent.name}, held`, await testHeld(agent));
}
for (const agent of twice) {
  console.log(`${agent.name} ${agent.version}: seen by the relay and in its own files…`);
  report(`${agent.name}, seen twice`, await testTwice(agent));
}
for (const agent of hooked) {
  console.log(`${agent.name} ${agent.version}: without the relay, by its own hook…`);
  report(`${agent.name}, hooked`, await testHooked(agent, values.only === undefined));
}

const checks = results.flatMap((result) => result.checks);
const skips = results.flatMap(({ id, skipped }) => (skipped === undefined ? [] : [`${id}: ${skipped}`]));
const tally = {
  passed: checks.filter(({ ok }) => ok).length,
  failed: checks.filter(({ ok }) => !ok).length,
  skipped: skips.length,
  skips,
};
const file = values.result ?? join(CACHE, 'results', 'agents.json');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify({ ...tally, agents: results }, undefined, 2)}\n`);
console.log(closingLine(tally));
process.exit(tally.failed > 0 ? 1 : 0);

function report(name: string, result: AgentResult): void {
  results.push(result);
  for (const { ok, says, seen } of result.checks) {
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}: ${says}${ok ? '' : `\n       seen: ${seen}`}`);
  }
  if (result.skipped !== undefined) console.log(`skip ${name}: ${result.skipped}`);
}

async function testAgent(agent: Trial): Promise<AgentResult> {
  const { id, version } = agent;
  const began = performance.now();
  const result = (rest: Pick<AgentResult, 'checks' | 'skipped'>): AgentResult => ({
    id,
    version,
    durationMs: Math.round(performance.now() - began),
    ...rest,
  });
  console.log(`${agent.name} ${version}: installing from npm where it is not cached…`);
  const installed = await installAgent(agent);
  if (!installed.ok) return result({ checks: [], skipped: installed.reason });
  console.log(`${agent.name} ${version}: a coding session ${values.direct ? 'without' : 'through'} the relay…`);
  try {
    return result({ checks: await agent.hold(installed.folder) });
  } catch (error) {
    const seen = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return result({ checks: [{ says: 'a session can be held', ok: false, seen }] });
  }
}
