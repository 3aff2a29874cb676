import { parseArgs } from 'node:util';
import { agents } from '../agents/list.ts';
import type { Agent } from '../core/agent.ts';
import { connectAgent } from '../connect/connect-agent.ts';
import { findOverrides } from '../connect/overrides.ts';
import {
  planConnection,
  type ConnectPlan,
  type ConnectRefusal,
  type ConnectRequest,
} from '../connect/plan-connection.ts';
import { proxyObstacle } from '../connect/loopback-proxy.ts';
import { connectHooks } from './connect-hooks.ts';
import { connectStatusLine } from './connect-statusline.ts';
import { withAgent } from '../connect/routed-agents.ts';
import { showDiff } from '../connect/show-diff.ts';
import { homeFolder } from '../protocol/home.ts';
import { providers } from '../providers/list.ts';
import { ask } from './ask.ts';
import type { Command, CommandIo } from './command.ts';
import { listAgents } from './list-agents.ts';
import { misuse } from './misuse.ts';
import { newId } from './new-id.ts';
import { placesOf } from './places.ts';
import { portForAgents, type RelayForAgents } from './relay-for-agents.ts';
import { changeRouted } from './routed.ts';
import { gatewayOrigins } from './gateway-origins.ts';
import { waitForFirstRequest } from './first-request.ts';

const OPTIONS = {
  provider: { type: 'string' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  hooks: { type: 'boolean' },
  statusline: { type: 'boolean' },
  'no-proxy': { type: 'boolean' },
  'no-start': { type: 'boolean' },
  port: { type: 'string' },
  wait: { type: 'string' },
  home: { type: 'string' },
} as const;

type Values = { [name in keyof typeof OPTIONS]?: string | boolean };

/** Points a coding agent at the relay. */
export const connectCommand: Command = {
  name: 'connect',
  usage:
    '[AGENT [--provider ID] [--dry-run] [--yes] [--hooks] [--statusline] [--no-proxy] [--no-start] [--port N] [--wait SECONDS]] [--home DIR]',
  summary:
    'point a coding agent at the relay, or with --hooks give it a hook that asks before a prompt is taken up, after showing what changes; without AGENT: how each stands',
  async run(argv, io) {
    let values: Values;
    let names: readonly string[];
    try {
      ({ values, positionals: names } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true }));
    } catch (error) {
      return misuse(io, (error as Error).message);
    }
    const [name, ...more] = names;
    if (name === undefined) return listAgents(io);
    const agent = agents.find(({ id }) => id === name);
    if (agent === undefined || more.length > 0) {
      return misuse(io, `there is no agent "${names.join(' ')}". Agents: ${agents.map(({ id }) => id).join(', ')}.`);
    }
    const port = values.port === undefined ? undefined : Number(values.port);
    const wait = Number(values.wait ?? 0);
    if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65535))
      return misuse(io, '--port takes a number.');
    if (!(wait >= 0 && wait <= 3600)) return misuse(io, '--wait takes seconds, up to 3600.');
    if (values.hooks === true) return connectHooks(agent, values, io);
    if (values.statusline === true) return connectStatusLine(agent, values, io);
    return connect(agent, values, { port, wait }, io);
  },
};

async function connect(
  agent: Agent,
  values: Values,
  { port, wait }: { readonly port: number | undefined; readonly wait: number },
  io: CommandIo,
): Promise<number> {
  const home = String(values.home ?? homeFolder(io.env, io.userHome));
  const request = (relay: Pick<RelayForAgents, 'port'>): ConnectRequest => ({
    agent,
    places: placesOf(io),
    relayOrigin: `http://127.0.0.1:${relay.port}`,
    providerIds: providers.filter(({ relayed }) => relayed !== false).map(({ id }) => id),
    providerId: values.provider === undefined ? undefined : String(values.provider),
    origins: gatewayOrigins(home),
    noProxy: values['no-proxy'] === true,
  });
  const dryRun = values['dry-run'] === true;
  // Before a relay is started for it: what cannot be done is said first.
  const relayPort = portForAgents({ home, port, env: io.env });
  const looked = planConnection(request({ port: await relayPort.now() }));
  if (!looked.ok) return refuse(looked, io);
  tellCosts(looked, values['no-proxy'] === true, io);
  io.out(looked.changes.length === 0 ? `${agent.name} is connected already.\n` : shown(looked));
  if (dryRun) return 0;
  if (
    looked.changes.length > 0 &&
    values.yes !== true &&
    !(await ask(`Write this to ${looked.found.file.path}?`, true))
  ) {
    io.out('Nothing was changed.\n');
    return 0;
  }
  const relay = values['no-start'] === true ? await relayPort.running() : await relayPort.start();
  if (!relay.ok) {
    io.err(`${relay.message} Nothing was changed, since ${agent.name} would have had nobody to talk to.`);
    return 1;
  }
  const written = write(request(relay), home);
  if (!written.ok) return refuse(written, io);
  const routed = await changeRouted(home, withAgent(agent.id));
  if (!routed.ok) io.err(`the relay was not told that it has to stay: ${routed.message}`);
  const { connection } = agent;
  io.out(`${agent.name} talks to the relay at http://127.0.0.1:${relay.port} from its next start on.\n`);
  if (connection !== undefined) io.out(`${connection.restart.en}\n`);
  io.out(`Back: planward disconnect ${agent.id}\n`);
  return wait === 0 ? 0 : await waitForFirstRequest(agent, home, wait, io);
}

type Written = { readonly ok: true } | ConnectRefusal;

/** Plans with the port that is known now, and once more where the file was written in between. */
function write(request: ConnectRequest, home: string): Written {
  for (let tries = 0; ; tries++) {
    const plan = planConnection(request);
    if (!plan.ok) return plan;
    const done = connectAgent(plan, { home, now: Date.now(), newId });
    if (done.ok) return { ok: true };
    if (done.reason === 'changed' && tries < 3) continue;
    return { ok: false, reason: 'unreadable', message: done.message, hints: [] };
  }
}

function shown(plan: ConnectPlan): string {
  return `${showDiff(plan.found.file.path, plan.found.file.text, plan.text)}\n`;
}

function refuse({ message, hints, providers: known }: ConnectRefusal, io: CommandIo): number {
  io.err(message);
  for (const hint of hints) io.out(`${hint}\n`);
  if (known !== undefined) io.out(`Say which provider with --provider: ${known.join(', ')}\n`);
  return 1;
}

/** What the user gives up, and what is in the way, before anything is written. */
function tellCosts({ agent, left, found }: ConnectPlan, noProxy: boolean, io: CommandIo): void {
  const places = placesOf(io);
  for (const cost of agent.connection?.costs ?? []) io.out(`Note: ${cost.en}\n`);
  for (const sentence of left) io.out(`Note: ${sentence}\n`);
  for (const { where, url } of findOverrides(agent, places, process.cwd())) {
    io.out(`In the way: ${where} wins over ${found.file.path}${url === undefined ? '' : ` and names ${url}`}.\n`);
  }
  const obstacle = proxyObstacle(io.env);
  if (obstacle === undefined || (noProxy && agent.connection?.environmentKey !== undefined)) return;
  const offer =
    agent.connection?.environmentKey === undefined
      ? `put "export NO_PROXY=${obstacle.noProxy}" into your shell’s start file`
      : `add --no-proxy, and Planward writes it into the agent’s own file`;
  io.out(
    `In the way: ${obstacle.variables.join(' and ')} would send requests for this machine to the proxy. Set NO_PROXY=${obstacle.noProxy}: ${offer}.\n`,
  );
}
