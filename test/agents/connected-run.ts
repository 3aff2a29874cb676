// node test/agents/connected-run.ts [--only cline] [--result FILE]: real coding agents from npm, each pointed at a relay by
// `planward connect` in a scratch HOME, one coding and one e-mail session, then `planward disconnect`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE } from '../../scripts/places.ts';
import { closingLine } from '../../scripts/tally.ts';
import { CONNECTED_AGENTS, type ConnectedAgent } from './connected/connected-agent.ts';
import { holdConnected } from './connected/connected-session.ts';
import { judgeConnected } from './connected/judge-connected.ts';
import type { Check } from './real/expectations.ts';
import { installAgent } from './real/install-agent.ts';

const SESSION_LIMIT_MS = 110_000;

const { values } = parseArgs({ options: { only: { type: 'string' }, result: { type: 'string' } } });
const only = values.only?.split(',');
const checks: Check[] = [];
const skips: string[] = [];
for (const agent of CONNECTED_AGENTS.filter(({ id }) => only === undefined || only.includes(id))) {
  const began = performance.now();
  const outcome = await test(agent);
  if (outcome.skipped !== undefined) skips.push(`${agent.id}: ${outcome.skipped}`);
  checks.push(...outcome.checks);
  for (const { ok, says, seen } of outcome.checks) {
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${agent.name}: ${says}${ok ? '' : `\n       seen: ${seen}`}`);
  }
  if (outcome.skipped !== undefined) console.log(`skip ${agent.name}: ${outcome.skipped}`);
  console.log(`${agent.name} ${agent.version}: ${Math.round((performance.now() - began) / 1000)} s`);
}
const tally = {
  passed: checks.filter(({ ok }) => ok).length,
  failed: checks.filter(({ ok }) => !ok).length,
  skipped: skips.length,
  skips,
};
const file = values.result ?? join(CACHE, 'results', 'connected.json');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(tally, undefined, 2)}\n`);
console.log(closingLine(tally));
process.exit(tally.failed > 0 ? 1 : 0);

async function test(agent: ConnectedAgent): Promise<{ readonly checks: readonly Check[]; readonly skipped?: string }> {
  const installed = await installAgent(agent);
  if (!installed.ok) return { checks: [], skipped: installed.reason };
  try {
    return { checks: await holdConnected(agent, installed.folder, SESSION_LIMIT_MS, judgeConnected) };
  } catch (error) {
    const seen = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { checks: [{ says: 'a session can be held', ok: false, seen }] };
  }
}
