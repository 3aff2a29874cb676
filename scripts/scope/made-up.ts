import { FIELD_CODING_EN, FIELD_OFF_EN, FIELD_SLOTS_EN } from './fields-en.ts';
import { FIELD_CODING_ZH, FIELD_OFF_ZH, FIELD_SLOTS_ZH } from './fields-zh.ts';
import { ABSTAIN_EN, ABSTAIN_ZH, BARE_EN, BARE_SLOTS_EN, BARE_SLOTS_ZH, BARE_ZH } from './phrases-abstain.ts';
import { CODING_EN, OFF_EN, SLOTS_EN, VERBS_EN } from './phrases-en.ts';
import { CODING_ZH, OFF_ZH, SLOTS_ZH, VERBS_ZH } from './phrases-zh.ts';
import { CHATTY_CODING_EN, CHATTY_OFF_EN, CHATTY_SLOTS_EN } from './symptoms-en.ts';
import { CHATTY_CODING_ZH, CHATTY_OFF_ZH, CHATTY_SLOTS_ZH } from './symptoms-zh.ts';
import { LIFE_ABSTAIN_EN, LIFE_CODING_EN, LIFE_OFF_EN, LIFE_SLOTS_EN } from './lives-en.ts';
import { LIFE_ABSTAIN_ZH, LIFE_CODING_ZH, LIFE_OFF_ZH, LIFE_SLOTS_ZH } from './lives-zh.ts';
import { DESK_CODING_EN, DESK_OFF_EN } from './desks-en.ts';
import { DESK_CODING_ZH, DESK_OFF_ZH } from './desks-zh.ts';
import { MAKER_CODING_EN, MAKER_MORE_SLOTS_EN, MAKER_OFF_EN, MAKER_SLOTS_EN } from './makers-en.ts';
import { MAKER_CODING_ZH, MAKER_OFF_ZH, MAKER_SLOTS_ZH } from './makers-zh.ts';
import { createChance, readTurns, type Row } from './rows.ts';

const KEYS = 'name,items,count,total,result,words,data,list,user,order,price,value,text,path,node,index,size,key'.split(
  ',',
);

/** Share of made-up prompts with a life before or behind them. */
const LIFE_SHARE = 0.15;

/** How many prompts are made up for each language and label. */
const EACH = 14_000;

/**
 * Made-up prompts with subjects drawn at random, so that the model learns the act and the artefact and not the subject:
 * nouns mined from off-scope rows stand in coding frames, technical terms in chores; payloads of the one stand behind
 * instructions of the other. Deterministic for a seed.
 */
export function madeUpRows(rows: readonly Row[], seed: number): readonly Row[] {
  const chance = createChance(seed);
  const made: Row[] = [];
  const en = mineEnglish(rows);
  const zh = mineChinese(rows);
  const payloads = (lang: string): readonly string[] =>
    rows
      .filter(
        (row) =>
          row.label === 'off-scope' && row.lang === lang && row.text.length > 25 && !row.source.startsWith('synth'),
      )
      .map(({ text }) => text.slice(0, 260));
  const slotsEn = { ...SLOTS_EN, S: en.subjects, T: en.terms, V: VERBS_EN, K: KEYS, P: payloads('en') };
  const slotsZh = {
    ...SLOTS_ZH,
    S: zh.subjects,
    T: SLOTS_ZH['L']!.concat(zh.terms),
    V: VERBS_ZH,
    K: KEYS,
    P: payloads('zh'),
  };
  const lives = {
    en: { ...slotsEn, ...FIELD_SLOTS_EN, ...LIFE_SLOTS_EN },
    zh: { ...slotsZh, ...FIELD_SLOTS_ZH, ...LIFE_SLOTS_ZH },
  };
  const make = (
    frames: readonly string[],
    slots: Readonly<Record<string, readonly string[]>>,
    lang: string,
    label: Row['label'],
    kind = 'frame',
  ): void => {
    const one = (): string => dress(fill(frames[Math.floor(chance() * frames.length)]!, slots, chance), lang, chance);
    for (let i = 0; i < EACH; i++) {
      let text = one();
      // Longer turns: more sentences of the same kind, so that length itself says nothing.
      while (chance() < 0.22 && text.length < 600) {
        const joint = JOINTS[Math.floor(chance() * JOINTS.length)]!;
        text = `${text}${lang === 'zh' ? joint.zh : joint.en}${one()}`;
      }
      if (chance() < LIFE_SHARE) {
        const life = fill('{Life}', lang === 'zh' ? lives.zh : lives.en, chance);
        const stop = lang === 'zh' ? '，' : '. ';
        text = chance() < 0.6 ? `${life}${stop}${text}` : `${text}${stop}${life}`;
      }
      made.push({ text, label, category: 'made-up', lang, source: `made-up-${kind}`, licence: 'CC0-1.0' });
    }
  };
  make(ABSTAIN_EN, slotsEn, 'en', 'ambiguous');
  make(ABSTAIN_ZH, slotsZh, 'zh', 'ambiguous');
  make(BARE_EN, { ...slotsEn, ...BARE_SLOTS_EN }, 'en', 'ambiguous', 'bare');
  make(BARE_ZH, { ...slotsZh, ...BARE_SLOTS_ZH }, 'zh', 'ambiguous', 'bare');
  make(CODING_EN, slotsEn, 'en', 'coding');
  make(OFF_EN, slotsEn, 'en', 'off-scope');
  make(CODING_ZH, slotsZh, 'zh', 'coding');
  make(OFF_ZH, slotsZh, 'zh', 'off-scope');
  const chattyEn = { ...slotsEn, ...CHATTY_SLOTS_EN };
  const chattyZh = { ...slotsZh, ...CHATTY_SLOTS_ZH };
  make(CHATTY_CODING_EN, chattyEn, 'en', 'coding');
  make(CHATTY_OFF_EN, chattyEn, 'en', 'off-scope');
  make(CHATTY_CODING_ZH, chattyZh, 'zh', 'coding');
  make(CHATTY_OFF_ZH, chattyZh, 'zh', 'off-scope');
  const fieldEn = { ...chattyEn, ...FIELD_SLOTS_EN };
  const fieldZh = { ...chattyZh, ...FIELD_SLOTS_ZH };
  make(FIELD_CODING_EN, fieldEn, 'en', 'coding');
  make(FIELD_OFF_EN, fieldEn, 'en', 'off-scope');
  make(FIELD_CODING_ZH, fieldZh, 'zh', 'coding');
  make(FIELD_OFF_ZH, fieldZh, 'zh', 'off-scope');
  const lifeEn = { ...fieldEn, ...LIFE_SLOTS_EN };
  const lifeZh = { ...fieldZh, ...LIFE_SLOTS_ZH };
  make(LIFE_CODING_EN, lifeEn, 'en', 'coding', 'life');
  make(LIFE_OFF_EN, lifeEn, 'en', 'off-scope', 'life');
  make(LIFE_ABSTAIN_EN, lifeEn, 'en', 'ambiguous', 'life');
  make(LIFE_CODING_ZH, lifeZh, 'zh', 'coding', 'life');
  make(LIFE_OFF_ZH, lifeZh, 'zh', 'off-scope', 'life');
  make(LIFE_ABSTAIN_ZH, lifeZh, 'zh', 'ambiguous', 'life');
  const codingTexts = (lang: string): readonly string[] =>
    rows
      .filter(
        (row) => row.label === 'coding' && row.lang === lang && row.text.length > 40 && !row.source.startsWith('synth'),
      )
      .map(({ text }) => text.slice(0, 260));
  const makerEn = { ...lifeEn, ...MAKER_SLOTS_EN, ...MAKER_MORE_SLOTS_EN, Q: codingTexts('en') };
  const makerZh = { ...lifeZh, ...MAKER_SLOTS_ZH, Q: codingTexts('zh') };
  make(MAKER_CODING_EN, makerEn, 'en', 'coding', 'maker');
  make(MAKER_OFF_EN, makerEn, 'en', 'off-scope', 'maker');
  make(MAKER_CODING_ZH, makerZh, 'zh', 'coding', 'maker');
  make(MAKER_OFF_ZH, makerZh, 'zh', 'off-scope', 'maker');
  make(DESK_CODING_EN, makerEn, 'en', 'coding', 'desk');
  make(DESK_OFF_EN, makerEn, 'en', 'off-scope', 'desk');
  make(DESK_CODING_ZH, makerZh, 'zh', 'coding', 'desk');
  make(DESK_OFF_ZH, makerZh, 'zh', 'off-scope', 'desk');
  // Whole turns as people type them, of this project's own writing.
  for (const [lang, slots] of [
    ['en', fieldEn],
    ['zh', fieldZh],
  ] as const) {
    const turns = readTurns(lang);
    make(turns.coding, slots, lang, 'coding', 'turn');
    make(turns.off, slots, lang, 'off-scope', 'turn');
  }
  return made;
}

function fill(frame: string, slots: Readonly<Record<string, readonly string[]>>, chance: () => number): string {
  let text = frame;
  for (let round = 0; round < 4 && text.includes('{'); round++) {
    text = text.replaceAll(/\{([A-Z][a-z]*)\}/g, (whole, slot: string) => {
      const list = slots[slot];
      return list === undefined || list.length === 0 ? whole : list[Math.floor(chance() * list.length)]!;
    });
  }
  return text;
}

const BEFORE_EN = [
  'please ',
  'can you ',
  'could you ',
  'hey, ',
  'ok, ',
  'I need you to ',
  'pls ',
  'now ',
  'quick one: ',
  'Hi! ',
];
const AFTER_EN = [' please', ' thanks', '.', ', thank you', ' asap', '!', ' for me'];
const BEFORE_ZH = ['请', '帮我', '麻烦', '请你', '能不能', '你好，', '现在', '顺便'];
const AFTER_ZH = ['。', '，谢谢', '吧', '，急', '！', '，详细一点'];

const JOINTS = [
  { en: '. ', zh: '。' },
  { en: ', and ', zh: '，' },
  { en: '\n', zh: '\n' },
  { en: '. Also ', zh: '；另外' },
  { en: '\n- ', zh: '\n- ' },
];

/** Manners, case and stops that say nothing of the task. */
function dress(text: string, lang: string, chance: () => number): string {
  const [before, after] = lang === 'en' ? [BEFORE_EN, AFTER_EN] : [BEFORE_ZH, AFTER_ZH];
  let dressed = text;
  if (chance() < 0.2) dressed = before[Math.floor(chance() * before.length)]! + dressed;
  if (chance() < 0.2) dressed += after[Math.floor(chance() * after.length)]!;
  if (lang === 'en' && chance() < 0.4) dressed = dressed.charAt(0).toUpperCase() + dressed.slice(1);
  if (lang === 'en' && chance() < 0.1) dressed = dressed.toLowerCase();
  return dressed;
}

interface Mined {
  /** Words of off-scope rows that say nothing of code. */
  readonly subjects: readonly string[];
  /** Words of coding rows. */
  readonly terms: readonly string[];
}

function mineEnglish(rows: readonly Row[]): Mined {
  const counts = new Map<string, [coding: number, off: number]>();
  for (const { text, label, lang, source } of rows) {
    if (lang !== 'en' || label === 'ambiguous' || source.startsWith('synth')) continue;
    for (const word of new Set(text.slice(0, 400).match(/[A-Za-z][a-z]{3,14}\b/g) ?? [])) {
      const pair = counts.get(word.toLowerCase()) ?? [0, 0];
      pair[label === 'coding' ? 0 : 1]++;
      counts.set(word.toLowerCase(), pair);
    }
  }
  return split(counts, 6);
}

function mineChinese(rows: readonly Row[]): Mined {
  const segments = new Intl.Segmenter('zh', { granularity: 'word' });
  const counts = new Map<string, [coding: number, off: number]>();
  for (const { text, label, lang, source } of rows) {
    if (lang !== 'zh' || label === 'ambiguous' || source.startsWith('synth')) continue;
    const words = new Set<string>();
    for (const { segment, isWordLike } of segments.segment(text.slice(0, 200))) {
      if (isWordLike === true && /^\p{Script=Han}{2,4}$/u.test(segment)) words.add(segment);
    }
    for (const word of words) {
      const pair = counts.get(word) ?? [0, 0];
      pair[label === 'coding' ? 0 : 1]++;
      counts.set(word, pair);
    }
  }
  return split(counts, 4);
}

/** By which side uses a word at least four times as often as the other. */
function split(counts: ReadonlyMap<string, readonly [number, number]>, least: number): Mined {
  const sorted = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    subjects: sorted.filter(([, [coding, off]]) => off >= least && off >= coding * 3).map(([word]) => word),
    terms: sorted.filter(([, [coding, off]]) => coding >= least && coding >= off * 5).map(([word]) => word),
  };
}
