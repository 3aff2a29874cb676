import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fetchSnapshot } from '../../../src/client/call-relay.ts';
import { findRelay } from '../../../src/client/find-relay.ts';
import { startRelayProcess } from '../../support/relay-process.ts';
import type { Check } from '../real/expectations.ts';
import type { HookedAgent } from './hooked-agent.ts';
import { ANSWER, filesNow, inHookedWorld, type HookedWorld } from './hooked-world.ts';

const TRIP =
  'Plan a five day trip to Lisbon for my parents, with hotels near the beach and a restaurant for each evening.';
const OTHER_TRIP = 'Book a flight to Rome for my aunt and find her a nice hotel and a restaurant near the Colosseum.';
const CODING = 'Explain how a TypeScript generic constraint differs from a type assertion, with one code example.';
const STOPPED = 'it reads as travel planning';
const WARNED = 'this prompt reads as travel planning';

/** A real agent without the relay, asking by its own hook. `brief`: a third of it, for every run of all. */
export function testHooked(agent: HookedAgent, installedIn: string, brief: boolean): Promise<readonly Check[]> {
  return inHookedWorld(agent, installedIn, (world) => hold(agent, world, brief));
}

async function hold(agent: HookedAgent, world: HookedWorld, brief: boolean): Promise<readonly Check[]> {
  const checks: Check[] = [];
  const check = (says: string, ok: boolean, seen: unknown): void => {
    checks.push({ says, ok, seen: typeof seen === 'string' ? seen : JSON.stringify(seen) });
  };
  // Agents write files of their own at their first start, and some add to their settings then.
  world.setMode('observe');
  await world.ask('Say hello.');
  const before = filesNow(agent, world);
  const connect = await world.planward('connect', agent.id, '--hooks', '--provider', 'zai', '--yes');
  check('planward connect --hooks installs the hook', connect.code === 0, connect.output);

  world.setMode('block');
  const coding = await world.ask(CODING);
  check('a coding prompt is answered', coding.words.includes(ANSWER), coding.run.output.slice(-500));
  check('nothing is said about it', !coding.words.includes('Planward'), coding.run.output.slice(-500));
  check(
    'it reaches the provider as it was typed, with nothing of ours',
    coding.chats.some((chat) => chat.includes(CODING)) && !coding.chats.some((chat) => chat.includes('Planward')),
    coding.chats.length,
  );

  const stopped = await world.ask(TRIP);
  check(
    'in block mode our words stand in its own output',
    stopped.words.includes(STOPPED),
    stopped.run.output.slice(-700),
  );
  check('and the provider saw nothing of it', stopped.chats.length === 0, stopped.chats.length);
  if (!brief) await holdMore(agent, world, check);

  const broken = [
    ['killed', 'process.kill(process.pid, "SIGKILL");'],
    ['hanging', 'setInterval(() => {}, 1000);'],
    ['failing', 'process.stderr.write("broken\\n"); process.exit(2);'],
    ['missing', undefined],
  ] as const;
  for (const [how, source] of brief ? broken.slice(-1) : broken) {
    world.breakProgram(source);
    const run = await world.ask(TRIP);
    check(`with the hook program ${how} the agent works`, run.words.includes(ANSWER), run.run.output.slice(-500));
  }

  const disconnect = await world.planward('disconnect', agent.id, '--hooks');
  check('planward disconnect --hooks takes it away', disconnect.code === 0, disconnect.output);
  const own = agent.withoutOwnWrites ?? ((text: string) => text);
  const changed = Object.entries(filesNow(agent, world)).filter(
    ([path, text]) => own(text) !== own(before[path] ?? ''),
  );
  check('its settings are byte for byte as they were', changed.length === 0, changed);
  const left = ['.cline/plugins/planward.js', '.cline/hooks/UserPromptSubmit'].filter((path) =>
    existsSync(join(world.home, path)),
  );
  check('no file of ours is left with it', left.length === 0, left);
  return checks;
}

type Say = (says: string, ok: boolean, seen: unknown) => void;

/** Sent again, warned about, and with a relay at hand. */
async function holdMore(agent: HookedAgent, world: HookedWorld, check: Say): Promise<void> {
  const again = await world.ask(TRIP);
  check('sent once more it goes through', again.words.includes(ANSWER), again.run.output.slice(-500));

  world.setMode('warn');
  const warned = await world.ask(OTHER_TRIP);
  check('in warn mode the prompt is answered', warned.words.includes(ANSWER), warned.run.output.slice(-500));
  if (agent.showsWarning) check('with our warning', warned.words.includes(WARNED), warned.run.output.slice(-500));

  world.setMode('block');
  const relay = await startRelayProcess({ home: world.relayHome, upstreams: {} });
  try {
    const asked = await world.ask(OTHER_TRIP);
    const found = await findRelay(world.relayHome);
    const snapshot = found.ok ? await fetchSnapshot(found.endpoint) : undefined;
    const seen = snapshot?.ok === true ? snapshot.value : undefined;
    check('with a relay at hand it is stopped too', asked.words.includes(STOPPED), asked.run.output.slice(-500));
    check(
      'and flagged in the panel',
      seen?.flags.some(({ agentId, acted }) => agentId === agent.id && acted === 'blocked') === true,
      seen?.flags,
    );
    check(
      'the agent is seen by its hook',
      seen?.hooked?.some(({ agentId, turns }) => agentId === agent.id && turns === 1) === true,
      seen?.hooked,
    );
  } finally {
    await relay.stop();
  }
}
