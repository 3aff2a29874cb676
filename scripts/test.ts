// npm test [-- --only check,e2e]: every stage in turn, each with its time, then one line `N passed, N failed`.
import { parseArgs } from 'node:util';
import { add, closingLine, NOTHING } from './tally.ts';
import { STAGES, type Stage, type StageResult } from './test-stages.ts';

const stages = chosenStages();
const began = performance.now();
const failures: string[] = [];
const skips: string[] = [];
const done = new Map<string, boolean>();
let total = NOTHING;

for (const [index, stage] of stages.entries()) {
  console.log(`\n[${index + 1}/${stages.length}] ${stage.id}: ${stage.title}`);
  const stageBegan = performance.now();
  const result = await runStage(stage);
  done.set(stage.id, result.ok);
  const tally = result.tally ?? { ...NOTHING, failed: result.ok ? 0 : 1 };
  total = add(total, tally);
  skips.push(...(tally.skips ?? []));
  const words = result.tally === undefined ? (result.ok ? 'done' : 'failed') : closingLine(tally);
  console.log(`    ${stage.id}: ${words} in ${seconds(stageBegan)}`);
  if (!result.ok) failures.push(`\n=== ${stage.id} ===\n${lastLines(result.output, 400)}`);
}

for (const failure of failures) console.log(failure);
for (const skip of skips) console.log(`skipped: ${skip}`);
console.log(`\n${stages.length} stages in ${seconds(began)}`);
console.log(closingLine(total));
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

async function runStage(stage: Stage): Promise<StageResult> {
  const unmet = stage.needs.find((id) => done.get(id) === false);
  if (unmet !== undefined) return { ok: false, output: `not run, since the stage it needs failed: ${unmet}` };
  // A quiet stage still shows that it lives.
  const beat = setInterval(() => console.log(`    …still at ${stage.id}`), 30_000);
  try {
    return await stage.run((line) => console.log(`    ${line}`));
  } catch (error) {
    return { ok: false, output: String(error instanceof Error ? error.stack : error) };
  } finally {
    clearInterval(beat);
  }
}

function chosenStages(): readonly Stage[] {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  if (values.only === undefined) return STAGES;
  const wanted = values.only.split(',').map((id) => id.trim());
  const unknown = wanted.filter((id) => !STAGES.some((stage) => stage.id === id));
  if (unknown.length > 0) {
    console.error(`There is no stage ${unknown.join(', ')}. Stages: ${STAGES.map((stage) => stage.id).join(', ')}`);
    process.exit(2);
  }
  return STAGES.filter((stage) => wanted.includes(stage.id));
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

function lastLines(text: string, count: number): string {
  const lines = text.trimEnd().split('\n');
  return lines.length <= count
    ? text.trimEnd()
    : `(${lines.length - count} lines before)\n${lines.slice(-count).join('\n')}`;
}
