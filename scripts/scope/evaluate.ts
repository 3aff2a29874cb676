import { zai } from '../../src/policies/zai.ts';
import { openJudge } from '../../src/scope/open-judge.ts';
import { weights } from '../../src/scope/model/weights.ts';
import { openTextModel } from '../../src/scope/text-model.ts';
import { CODING_CLIENT, figuresOf, GENERAL_AGENT, judgeAll, type Figures, type Judged } from './judged.ts';
import { areaUnderCurve } from './quick-report.ts';
import type { Row } from './rows.ts';

const LANGUAGES = ['en', 'zh', 'other'] as const;
const languageOf = (row: Row): (typeof LANGUAGES)[number] =>
  row.lang === 'en' || row.lang === 'zh' ? row.lang : 'other';
const NAMES = { en: 'English', zh: 'Chinese', other: 'other' } as const;

/** What a person would call the categories of some development rows. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'assistant/email': ['email'],
  'assistant/social': ['email'],
  'assistant/calendar': ['calendar'],
  'assistant/alarm': ['calendar'],
  'assistant-ml/alarm': ['calendar'],
  'assistant-ml/reminder': ['calendar'],
  'assistant/music': ['media'],
  'assistant/play': ['media'],
  'assistant/news': ['media'],
  'assistant-ml/PlayMusic': ['media'],
  'assistant-ml/AddToPlaylist': ['media'],
  'assistant/weather': ['home'],
  'assistant-ml/weather': ['home'],
  'assistant/iot': ['home'],
  'assistant/transport': ['travel'],
  'assistant/takeaway': ['shopping'],
  'arena/creative_writing': ['writing', 'roleplay'],
};

interface Target {
  readonly what: string;
  readonly wanted: string;
  readonly value: number;
  readonly met: boolean;
}

/** Figures of the shipped model on the development set and the hand-written traps, as Markdown sections. */
export function evaluate(
  dev: readonly Row[],
  traps: readonly Row[],
  held: readonly Row[],
  voices: readonly Row[],
): string {
  const judge = openJudge();
  const turns = dev.filter(({ category }) => category !== 'follow-up');
  const followUps = dev.filter(({ category, prev }) => category === 'follow-up' && prev !== undefined);
  const of = (rows: readonly Row[], language: string): readonly Row[] =>
    rows.filter((row) => languageOf(row) === language);
  const alone = judgeAll(turns, judge, zai);
  const inCoding = judgeAll(turns, judge, zai, CODING_CLIENT);
  const inGeneral = judgeAll(turns, judge, zai, GENERAL_AGENT);
  const trapped = judgeAll(traps, judge, zai);
  const followed = judgeAll(followUps, judge, zai);
  const heldOut = judgeAll(held, judge, zai);
  const voiced = judgeAll(voices, judge, zai);
  const pick = (judged: readonly Judged[], language: string): readonly Judged[] =>
    judged.filter(({ row }) => languageOf(row) === language);

  const rows: (readonly [string, Figures])[] = [];
  for (const language of LANGUAGES) rows.push([`dev, ${NAMES[language]}`, figuresOf(pick(alone, language))]);
  const hard = alone.filter(({ row }) => row.source === 'hard-handwritten');
  for (const language of LANGUAGES)
    rows.push([`dev, hand-written, ${NAMES[language]}`, figuresOf(pick(hard, language))]);
  for (const language of ['en', 'zh'] as const)
    rows.push([`own traps, ${NAMES[language]}`, figuresOf(pick(trapped, language))]);

  for (const language of ['en', 'zh'] as const)
    rows.push([`held out, ${NAMES[language]}`, figuresOf(pick(heldOut, language))]);
  for (const [name, some] of Map.groupBy(voiced, ({ row }) => row.category))
    for (const language of ['en', 'zh'] as const)
      rows.push([`${name.replace('-', ' ')}, ${NAMES[language]}`, figuresOf(pick(some, language))]);

  const contexts: (readonly [string, Figures])[] = [];
  for (const language of LANGUAGES) {
    contexts.push([`${NAMES[language]}, coding client and tools`, figuresOf(pick(inCoding, language))]);
    contexts.push([`${NAMES[language]}, general agent, mail and calendar tools`, figuresOf(pick(inGeneral, language))]);
  }
  const trapsIn = judgeAll(traps, judge, zai, CODING_CLIENT);
  const trapsOut = judgeAll(traps, judge, zai, GENERAL_AGENT);
  contexts.push(['own traps, coding client and tools', figuresOf(trapsIn)]);
  contexts.push(['own traps, general agent, mail and calendar tools', figuresOf(trapsOut)]);

  contexts.push(['held out, coding client and tools', figuresOf(judgeAll(held, judge, zai, CODING_CLIENT))]);
  contexts.push([
    'held out, general agent, mail and calendar tools',
    figuresOf(judgeAll(held, judge, zai, GENERAL_AGENT)),
  ]);

  contexts.push(['voices, coding client and tools', figuresOf(judgeAll(voices, judge, zai, CODING_CLIENT))]);
  contexts.push([
    'voices, general agent, mail and calendar tools',
    figuresOf(judgeAll(voices, judge, zai, GENERAL_AGENT)),
  ]);

  const en = figuresOf(pick(alone, 'en'));
  const zh = figuresOf(pick(alone, 'zh'));
  const decided = (judged: readonly Judged[]): readonly Judged[] =>
    judged.filter(({ row }) => languageOf(row) !== 'other');
  const coding = figuresOf(decided(inCoding));
  const general = figuresOf(decided(inGeneral));
  const followRight =
    followed.filter(({ row, verdict }) => (row.label === 'coding' ? 'in-scope' : 'out-of-scope') === verdict.decision)
      .length / followed.length;
  const targets: readonly Target[] = [
    target('precision, English', '>= 97 %', en.precision, en.precision >= 0.97),
    target('recall, English', '>= 80 %', en.recall, en.recall >= 0.8),
    target('precision, Chinese', '>= 99 %', zh.precision, zh.precision >= 0.99),
    target('recall, Chinese', '>= 70 %', zh.recall, zh.recall >= 0.7),
    target('coding called out of scope, English', '<= 1.5 %', en.falseFlags, en.falseFlags <= 0.015),
    target('coding called out of scope, Chinese', '<= 1.5 %', zh.falseFlags, zh.falseFlags <= 0.015),
    ...(['en', 'zh'] as const).flatMap((language) => {
      const { right, falseFlags } = figuresOf(pick(trapped, language));
      return [
        target(`own traps on the right side, ${NAMES[language]}`, '>= 88 %', right, right >= 0.88),
        target(
          `own traps: coding called out of scope, ${NAMES[language]}`,
          '<= 1.5 %',
          falseFlags,
          falseFlags <= 0.015,
        ),
      ];
    }),
    target('coding in a coding client called out of scope', '<= 0.3 %', coding.falseFlags, coding.falseFlags <= 0.003),
    target('off-scope in a general agent caught', '>= 95 %', general.recall, general.recall >= 0.95),
    target(`follow-ups right (${followed.length})`, '>= 95 %', followRight, followRight >= 0.95),
  ];

  return [
    '## Against the targets',
    '',
    table(
      ['', 'wanted', 'measured', ''],
      targets.map(({ what, wanted, value, met }) => [what, wanted, percent(value), met ? 'met' : '**missed**']),
    ),
    '',
    'Development set and traps; English and Chinese together where no language is named.',
    '',
    '## The text alone',
    '',
    'No tools, no client, no earlier turns, even prior, normal sensitivity. "Right" is the right side of even odds.',
    '',
    figuresTable(rows),
    '',
    `Area under the curve of the raw text score: ${LANGUAGES.map((language) => `${NAMES[language]} ${auc(of(turns, language)).toFixed(4)}`).join(', ')}; own traps English ${auc(of(traps, 'en')).toFixed(4)}, Chinese ${auc(of(traps, 'zh')).toFixed(4)}.`,
    '',
    `Calibration error (ten bins, both labels given equal weight): ${LANGUAGES.map((language) => `${NAMES[language]} ${calibrationError(pick(alone, language)).toFixed(3)}`).join(', ')}.`,
    '',
    '## With context',
    '',
    'The same turns as if they came from a coding client with its tools, and from a general agent with mail, calendar and browser tools.',
    '',
    figuresTable(contexts),
    '',
    '## Confusion by voice',
    '',
    'The sets of other voices, text alone; ambiguous rows are turns that nobody can tell. Terse, trades and hobby have a say in the calibration; makers, desk and mixed have none.',
    '',
    confusion(voiced, 1),
    '',
    '## Confusion by category of the development set',
    '',
    'Rows of ten or more; text alone. Ambiguous rows are shown and counted nowhere else.',
    '',
    confusion(alone, 10),
    '',
    `The category named is the one a person would name for ${percent(categoriesRight(alone))} of the caught or unsure rows whose set names it (${Object.keys(EXPECTED).length} sets).`,
  ].join('\n');
}

function target(what: string, wanted: string, value: number, met: boolean): Target {
  return { what, wanted, value, met };
}

function auc(rows: readonly Row[]): number {
  const model = openTextModel(weights);
  return areaUnderCurve(
    rows
      .filter(({ label }) => label !== 'ambiguous')
      .map((row) => ({ score: model.score(row.text).logOdds, off: row.label === 'off-scope' })),
  );
}

function figuresTable(rows: readonly (readonly [string, Figures])[]): string {
  return table(
    [
      '',
      'coding',
      'off-scope',
      'precision',
      'recall',
      'coding called out of scope',
      'coding passed',
      'unsure',
      'right',
    ],
    rows.map(([name, f]) => [
      name,
      String(f.coding),
      String(f.off),
      percent(f.precision),
      percent(f.recall),
      percent(f.falseFlags),
      percent(f.codingPassed),
      percent(f.unsure),
      percent(f.right),
    ]),
  );
}

function confusion(judged: readonly Judged[], least: number): string {
  const groups = Map.groupBy(judged, ({ row }) => `${row.category}|${row.label}|${languageOf(row)}`);
  const rows = [...groups]
    .filter(([, each]) => each.length >= least)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => {
      const [category, label, language] = key.split('|') as [string, string, keyof typeof NAMES];
      const count = (decision: string): string =>
        String(each.filter(({ verdict }) => verdict.decision === decision).length);
      return [
        category,
        label,
        NAMES[language],
        String(each.length),
        count('in-scope'),
        count('unsure'),
        count('out-of-scope'),
      ];
    });
  return table(['category', 'label', 'language', 'rows', 'in scope', 'unsure', 'out of scope'], rows);
}

function categoriesRight(judged: readonly Judged[]): number {
  const named = judged.filter(
    ({ row, verdict }) =>
      EXPECTED[row.category] !== undefined && verdict.decision !== 'in-scope' && languageOf(row) !== 'other',
  );
  return (
    named.filter(({ row, verdict }) => EXPECTED[row.category]!.includes(verdict.category ?? '')).length / named.length
  );
}

function calibrationError(judged: readonly Judged[]): number {
  const counted = judged.filter(({ row }) => row.label !== 'ambiguous');
  const off = counted.filter(({ row }) => row.label === 'off-scope').length;
  const weightOf = ({ row }: Judged): number => (row.label === 'off-scope' ? 0.5 / off : 0.5 / (counted.length - off));
  let error = 0;
  for (let bin = 0; bin < 10; bin++) {
    const inside = counted.filter(({ verdict }) => Math.min(9, Math.floor(verdict.pOffScope * 10)) === bin);
    const weight = inside.reduce((sum, each) => sum + weightOf(each), 0);
    if (weight === 0) continue;
    const said = inside.reduce((sum, each) => sum + each.verdict.pOffScope * weightOf(each), 0) / weight;
    const was = inside.reduce((sum, each) => sum + (each.row.label === 'off-scope' ? weightOf(each) : 0), 0) / weight;
    error += weight * Math.abs(said - was);
  }
  return error;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function percent(share: number): string {
  return Number.isNaN(share) ? '–' : `${(share * 100).toFixed(1)} %`;
}
