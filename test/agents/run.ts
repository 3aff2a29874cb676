// npm run test:agents [-- --only cline] [--direct] [--result FILE]: real coding agents from npm, each through a relay of
// its own against the mock provider. --direct leaves the relay out: tells an agent that broke from a relay that did.
// --core: what npm test runs, one of each kind of trial, so that it stays short; the whole takes about twenty minutes more.
// Then (--only cline-connected) those that our own command points at the relay and back again.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE } from '../../scripts/places.ts';
import { closingLine } from '../../scripts/tally.ts';
import { runTrial, type TrialResult } from './run-trial.ts';
import { relayTrials, sessionTrials, type Trial } from './trials.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    core: { type: 'boolean', default: false },
    direct: { type: 'boolean', default: false },
    result: { type: 'string' },
  },
});

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
const brief = values.only === undefined;
const trials: readonly Trial[] = [...sessionTrials(values.direct), ...(values.direct ? [] : relayTrials(brief))];
const chosen = trials.filter(
  ({ id, onlyNamed }) => (named === undefined || named.includes(id)) && (onlyNamed !== true || !brief),
);
if (chosen.length === 0) {
  console.error(`There is no trial ${values.only}. Trials: ${trials.map(({ id }) => id).join(', ')}`);
  process.exit(2);
}

const results: TrialResult[] = [];
for (const { id, agent, about, hold } of chosen) {
  console.log(`${id}: ${agent.name} ${agent.version}, ${about}…`);
  const result = await runTrial(agent, id, hold);
  results.push(result);
  for (const { ok, says, seen } of result.checks) {
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${id}: ${says}${ok ? '' : `\n       seen: ${seen}`}`);
  }
  if (result.skipped !== undefined) console.log(`skip ${id}: ${result.skipped}`);
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
