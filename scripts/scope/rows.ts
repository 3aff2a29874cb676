import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One labelled prompt. */
export interface Row {
  readonly text: string;
  readonly label: 'coding' | 'off-scope' | 'ambiguous';
  readonly category: string;
  readonly lang: string;
  readonly source: string;
  readonly licence?: string;
  readonly prev?: string;
  readonly tools?: readonly string[];
  readonly client?: string;
}

/** Rows of a JSONL file. Throws where a line is no JSON: half a data set trains half a model. */
export function readRows(folder: string, name: string): readonly Row[] {
  return readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

/** Hand-written traps of test/scope/traps: never trained on, not used to calibrate. `C` is coding, `O` is off-scope. */
export function readTraps(): readonly Row[] {
  return ['traps.en', 'traps.zh', 'late.en', 'late.zh'].flatMap((name) =>
    readLabelled(name, 'trap-own', name.startsWith('late') ? 'traps-late' : 'traps-own'),
  );
}

/** Two hundred prompts in pairs of coding and not, written before the turns of training, which were kept apart from them. */
export function readHeldOut(): readonly Row[] {
  return ['held-out.en', 'held-out.zh'].flatMap((name) => readLabelled(name, 'held-out', 'held-out'));
}

/** Terse slang and logs; trades and sciences; hobbies, long stories and mixed languages. */
export const FIRST_VOICES = ['terse', 'trades', 'hobby'] as const;
/** Things made at home; a desk's small talk about code and about work; strangers, pasted texts and borrowed words. */
const LATER_VOICES = ['makers', 'desk', 'mixed'] as const;

/**
 * Prompts in other voices, each written before any training for it and never trained on; the later ones never calibrated on
 * either. `U` is a turn that nobody can tell.
 */
export function readVoices(names: readonly string[] = [...FIRST_VOICES, ...LATER_VOICES]): readonly Row[] {
  return names.flatMap((name) =>
    readLabelled(name, `voice-${name}`, `voice-${name}`, 'voices').map((row) => ({
      ...row,
      lang: /\p{Script=Han}/u.test(row.text) ? 'zh' : 'en',
    })),
  );
}

function readLabelled(name: string, category: string, source: string, place = 'traps'): readonly Row[] {
  const folder = join(import.meta.dirname, '..', '..', 'test', 'scope', place);
  return readFileSync(join(folder, `${name}.txt`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Row => {
      const [label, text] = line.split('\t');
      return {
        text: text ?? '',
        label: label === 'C' ? 'coding' : label === 'U' ? 'ambiguous' : 'off-scope',
        category,
        lang: name.slice(-2),
        source,
        licence: 'CC0-1.0',
      };
    });
}

/** Whole turns written for training, with slots in braces, in `turns.*.txt`: no trap, development or held-out row among them. */
export function readTurns(lang: 'en' | 'zh'): { readonly coding: readonly string[]; readonly off: readonly string[] } {
  const lines = readFileSync(join(import.meta.dirname, `turns.${lang}.txt`), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const of = (label: string): readonly string[] =>
    lines.filter((line) => line.startsWith(`${label}\t`)).map((line) => line.slice(2));
  return { coding: of('C'), off: of('O') };
}

/** Deterministic chance: the same seed gives the same numbers on every machine (mulberry32). */
export function createChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
