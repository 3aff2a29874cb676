// node scripts/check-captures.ts --data DIR [--verbose]: agent recognition, turn kinds and newest user turns over recordings of
// real agents. DIR holds <agent>/<session>/<nnn>-<label>.json, each with headers, path and body. Prints right / wrong /
// unknown per agent; exit code 1 where anything is wrong. What is right is told by the file's label and the session's prompt.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { recogniseAgent } from '../src/agents/list.ts';
import { createRetryMemory } from '../src/agents/retries.ts';
import { readTurn } from '../src/agents/turn-kind.ts';
import type { DialectId } from '../src/core/exchange.ts';
import type { Headers } from '../src/core/provider.ts';

interface Recording {
  readonly t_ms: number;
  readonly headers: Headers;
  readonly body: unknown;
}

type Outcome = 'right' | 'wrong' | 'unknown';

const FOLDERS: Readonly<Record<string, string>> = { kilo: 'kilo-code' };
const HEADERLESS: Headers = [['User-Agent', 'node']];

const { values } = parseArgs({ options: { data: { type: 'string' }, verbose: { type: 'boolean', default: false } } });
if (values.data === undefined) {
  console.error('Give the folder with the recordings: --data DIR');
  process.exit(2);
}
const data = values.data;

const table = new Map<string, Record<Outcome, number>>();
function count(row: string, outcome: Outcome, detail: string): void {
  const counts = table.get(row) ?? { right: 0, wrong: 0, unknown: 0 };
  counts[outcome]++;
  table.set(row, counts);
  if (outcome === 'wrong' || (values.verbose && outcome === 'unknown')) console.log(`${outcome}: ${row}: ${detail}`);
}

for (const folder of readdirSync(data)) {
  const agentId = FOLDERS[folder] ?? folder;
  for (const session of readdirSync(join(data, folder))) {
    const retries = createRetryMemory();
    for (const file of readdirSync(join(data, folder, session)).toSorted()) {
      const text = readFileSync(join(data, folder, session, file), 'utf8');
      const { headers, body, t_ms } = JSON.parse(text) as Recording;
      const where = `${folder}/${session}/${file}`;
      if (typeof body !== 'object' || body === null) continue;
      const bodyStart = JSON.stringify(body);
      judgeAgent(`${agentId}: by head and body`, agentId, recogniseAgent({ headers, bodyStart }).agentId, where);
      judgeAgent(
        `${agentId}: by body alone`,
        agentId,
        recogniseAgent({ headers: HEADERLESS, bodyStart }).agentId,
        where,
      );

      const dialect: DialectId = file.includes('anthropic') ? 'anthropic-messages' : 'openai-chat';
      const repeated = retries.repeats(() => bodyStart, t_ms);
      retries.failed(bodyStart, t_ms);
      const turn = readTurn({ headers, body, dialect, repeated });
      const kind = expectedKind(file, session, turn.brings, repeated, turn.rawMessage);
      count(`${agentId}: turn kind`, turn.kind === kind ? 'right' : 'wrong', `${where}: ${turn.kind}, not ${kind}`);
      const prompt = expectedPrompt(file, session, where);
      if (prompt !== undefined) {
        const outcome = turn.text === undefined ? 'unknown' : prompt.includes(turn.text) ? 'right' : 'wrong';
        count(`${agentId}: newest user turn`, outcome, `${where}: ${JSON.stringify(turn.text?.slice(0, 300))}`);
      }
    }
  }
}

function judgeAgent(row: string, wanted: string, seen: string, where: string): void {
  // Behind a bare runtime's name the body is that of a router.
  const same = seen === wanted || (wanted === 'claude-code' && seen === 'claude-code-router');
  count(row, same ? 'right' : seen === 'unknown' ? 'unknown' : 'wrong', `${where}: ${seen}`);
}

/** The recorder named each request after its place in the session. */
function expectedKind(file: string, session: string, brings: string, repeated: boolean, raw: string): string {
  if (repeated || raw.includes('[Queued user message')) return 'retry';
  if (file.includes('-side-')) return session === 'tui-auto' && file.startsWith('006') ? 'classifier' : 'title';
  if (file.includes('-subagent-')) return 'sub-agent';
  const first = /^00[12]-\w+-main/.test(file) && brings === 'user-turn';
  return first || (session === 'tui-auto' && file.startsWith('003')) ? 'user-turn' : 'tool-result';
}

/** What may be answered: the prompts that the recorder typed. */
function expectedPrompt(file: string, session: string, where: string): readonly string[] | undefined {
  if (file.includes('-side-')) return undefined;
  if (file.includes('-subagent-')) {
    return ['SUBAGENT-TASK: list the exported functions in calc.js and report back in one line.'];
  }
  if (session === 'tui-auto') return ['Add mul to calc.js and run the tests.'];
  if (session === 'subagent') return ['Use a sub-agent to list the functions exported by calc.js.'];
  if (session === 'coding' || (session.startsWith('err') && !where.startsWith('openclaw'))) {
    return ['Add a function mul(a, b) to calc.js and run the tests.'];
  }
  return ['Check my email in inbox/ and draft replies to Dana and Raj.', 'Check my email in inbox/ and draft replies.'];
}

const width = Math.max(...[...table.keys()].map((row) => row.length));
console.log(`${''.padEnd(width)}  right  wrong  unknown`);
for (const [row, { right, wrong, unknown }] of table) {
  console.log(
    `${row.padEnd(width)}  ${String(right).padStart(5)}  ${String(wrong).padStart(5)}  ${String(unknown).padStart(7)}`,
  );
}
process.exitCode = [...table.values()].some(({ wrong }) => wrong > 0) ? 1 : 0;
