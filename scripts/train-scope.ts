// node scripts/train-scope.ts --data DIR [--out src/scope/model/weights.ts]     trains, prints quick figures
// node scripts/train-scope.ts --data DIR --evaluate [--report docs/scope-model.md]   measures the model that ships
// Trains the scope text model from DIR/train.jsonl and what scripts/scope/ makes up; calibrates on DIR/dev.jsonl.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'oxfmt';
import { BUCKETS } from '../src/scope/feature-hash.ts';
import { encodeBits, encodeLevels } from '../src/scope/model-coding.ts';
import { openTextModel, type TextModelData } from '../src/scope/text-model.ts';
import { evaluate } from './scope/evaluate.ts';
import { calibrate, extract, fit, heaviest, knownWords, quantise, type FitOptions } from './scope/fit.ts';
import { readHeldOut, readRows, FIRST_VOICES, readTraps, readVoices, type Row } from './scope/rows.ts';
import { trainingRows } from './scope/training-rows.ts';
import { ROOT } from './places.ts';
import { quickReport } from './scope/quick-report.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string' },
    evaluate: { type: 'boolean', default: false },
    report: { type: 'string' },
    seed: { type: 'string', default: '7' },
    /** Fits whose mean is kept, each with other made-up rows and another order. */
    runs: { type: 'string', default: '2' },
    epochs: { type: 'string', default: '6' },
    rate: { type: 'string', default: '0.3' },
    l2: { type: 'string', default: '0.0001' },
    dropout: { type: 'string', default: '0.65' },
    cap: { type: 'string', default: '6' },
    'word-cap': { type: 'string', default: '1.6' },
    'word-cap-off': { type: 'string', default: '0.4' },
    /** Buckets that keep a weight. */
    keep: { type: 'string', default: '181000' },
  },
});
if (values.data === undefined) {
  console.error('train-scope: --data DIR is missing (a folder with train.jsonl and dev.jsonl).');
  process.exit(2);
}
if (values.evaluate) {
  const figures = evaluate(readRows(values.data, 'dev.jsonl'), readTraps(), readHeldOut(), readVoices());
  if (values.report === undefined) console.log(figures);
  else await putFigures(values.report, figures);
  process.exit(0);
}
const seed = Number(values.seed);
const dev = [...readRows(values.data, 'dev.jsonl'), ...readTraps()];
const given = readRows(values.data, 'train.jsonl');
const runs = Number(values.runs);
const fitted = { weights: new Float32Array(BUCKETS), bias: 0 };
let known: Uint8Array = new Uint8Array(0);
let kept: Uint8Array | undefined;
for (let run = 0; run < runs; run++) {
  const rows = trainingRows(given, seed + run);
  const options: FitOptions = {
    epochs: Number(values.epochs),
    rate: Number(values.rate),
    l2: Number(values.l2),
    dropout: Number(values.dropout),
    cap: Number(values.cap),
    wordCap: Number(values['word-cap']),
    wordCapOff: Number(values['word-cap-off']),
    seed: seed + run,
  };
  if (kept === undefined) {
    // First over everything, to see which buckets are worth a weight.
    known = knownWords(rows.map(({ row }) => row));
    const everything = extract(rows);
    kept = heaviest(everything, fit(everything, { ...options, epochs: 3 }).weights, Number(values.keep));
  }
  const matrix = extract(rows, kept);
  console.log(`run ${run + 1} of ${runs}: ${rows.length} rows, ${matrix.from.at(-1)} features`);
  const one = fit(matrix, options);
  for (let b = 0; b < BUCKETS; b++) fitted.weights[b]! += one.weights[b]! / runs;
  fitted.bias += one.bias / runs;
}
const { levels, sizes, scale } = quantise(fitted.weights);
const uncalibrated: TextModelData = {
  scale,
  bias: fitted.bias,
  wordCap: Number(values['word-cap']),
  wordCapOff: Number(values['word-cap-off']),
  calibration: { en: [1, 0], zh: [1, 0], other: [1, 0] },
  sizes,
  weights: encodeLevels(levels, sizes),
  known: encodeBits(known),
};
const model: TextModelData = {
  ...uncalibrated,
  calibration: calibrations([...dev, ...readHeldOut(), ...readVoices(FIRST_VOICES)]),
};
console.log(quickReport(model, dev));
if (values.out !== undefined) {
  mkdirSync(dirname(values.out), { recursive: true });
  writeFileSync(
    values.out,
    [
      "import type { TextModelData } from '../text-model.ts';",
      '',
      '/** Made by `node scripts/train-scope.ts`; docs/scope-model.md says from what. */',
      'export const weights: TextModelData = {',
      `  scale: ${scale},`,
      `  bias: ${fitted.bias},`,
      `  wordCap: ${uncalibrated.wordCap},`,
      `  wordCapOff: ${uncalibrated.wordCapOff},`,
      `  calibration: { en: [${model.calibration.en.join(', ')}], zh: [${model.calibration.zh.join(', ')}], other: [${model.calibration.other.join(', ')}] },`,
      `  sizes: [${sizes.join(', ')}],`,
      `  weights:\n    '${model.weights}',`,
      `  known:\n    '${model.known}',`,
      '};',
      '',
    ].join('\n'),
  );
}

/**
 * A source of a label weighs the square root of its size, so that commit titles do not set the scale for what people type. Beside the
 * development set, traps, held-out set and the first voices have a say: on the former alone the model is too sure of itself.
 */
function calibrations(all: readonly Row[]): TextModelData['calibration'] {
  const reader = openTextModel(uncalibrated);
  const judged = all
    .filter(({ label, category }) => label !== 'ambiguous' && category !== 'follow-up')
    .map((row) => ({
      language: reader.score(row.text).language,
      raw: reader.raw(row.text),
      off: row.label === 'off-scope' ? 1 : 0,
      group: `${row.source}|${row.label}`,
    }));
  const of = (language: string): readonly [number, number] => {
    const some = judged.filter((each) => each.language === language);
    const groups = Map.groupBy(some, ({ group }) => group);
    return calibrate(
      some.map(({ raw }) => raw),
      some.map(({ off }) => off),
      some.map(({ group }) => 1 / Math.sqrt(groups.get(group)!.length)),
    );
  };
  return { en: of('en'), zh: of('zh'), other: of('other') };
}

/** Replaces what stands below the page's mark. */
async function putFigures(page: string, figures: string): Promise<void> {
  const mark = '<!-- figures: below this line all is written by the evaluation command -->';
  const [above] = readFileSync(page, 'utf8').split(mark);
  const options = JSON.parse(readFileSync(join(ROOT, '.oxfmtrc.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(page, (await format(page, `${above}${mark}\n\n${figures}\n`, options)).code);
}
