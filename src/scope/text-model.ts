import { BUCKETS } from './feature-hash.ts';
import { CAP, createFeatureReader, type Features } from './features.ts';
import { createLoudest } from './loudest.ts';
import { decodeBits, decodeLevels, isKnownIn, KNOWN_BYTES } from './model-coding.ts';

/** A trained model as `scripts/train-scope.ts` writes it. */
export interface TextModelData {
  /** Log-odds of one level. */
  readonly scale: number;
  readonly bias: number;
  /** Most that one word may add or take, raw. */
  readonly wordCap: number;
  /** The same towards off-scope. */
  readonly wordCapOff: number;
  /** Slope and shift from raw score to log-odds, by language. */
  readonly calibration: Readonly<Record<TextLanguage, readonly [slope: number, shift: number]>>;
  /** Sizes that a weight may have, in levels (model-coding.ts). */
  readonly sizes: readonly number[];
  readonly weights: string;
  readonly known: string;
}

/** Languages the model decides (`en`, `zh`) and all others, which it leaves to context. */
export type TextLanguage = 'en' | 'zh' | 'other';

export interface TextScore {
  /** Calibrated log-odds of off-scope at even prior. */
  readonly logOdds: number;
  readonly language: TextLanguage;
  /** 0..1: how much of the text the model can read. */
  readonly coverage: number;
  /** Words, and half of the Han characters. */
  readonly units: number;
  /** Signs of code by `SHAPE`; reused by the next call. */
  readonly shapes: Int32Array;
}

/** Words that spoke loudest for one side. */
export interface Term {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

export interface TextModel {
  score(text: string): TextScore;
  /** Raw linear score, for the trainer. */
  raw(text: string): number;
  /** The words that carry the score towards its sign, largest first, at most `most`. The text scored last costs no second pass. */
  explain(text: string, towards: 1 | -1, most: number): readonly Term[];
}

/** Words that weigh something but explain nothing to a reader. */
const SAYS_LITTLE =
  /^(?:.|a|an|the|i|me|my|we|our|you|your|it|its|he|she|they|this|that|these|those|is|are|was|were|be|been|am|do|does|did|has|have|had|will|would|can|could|should|may|of|in|on|at|to|for|from|with|by|as|and|or|but|not|no|so|if|then|there|here|what|which|who|how|when|where|why|some|any|all|one|two|please|need|want|get|up|out|的.*|了.*|是|在|我|你|和|也|就|都|请|帮我|一个)$/i;

/** The tables of a model as they are used. */
export interface ModelTables {
  /** -31..31 by bucket. */
  readonly levels: Int8Array;
  readonly known: Uint8Array;
}

/** Decodes a model's tables. Takes about ten milliseconds in a program that just started. */
export function decodeTables({
  weights,
  sizes,
  known,
}: Pick<TextModelData, 'weights' | 'sizes' | 'known'>): ModelTables {
  return { levels: decodeLevels(weights, sizes, BUCKETS), known: decodeBits(known, KNOWN_BYTES) };
}

/** Opens a model; decoding takes a few milliseconds, so once per process. */
export function openTextModel(data: TextModelData): TextModel {
  return modelOf(data, decodeTables(data));
}

/** A model whose tables were decoded before. */
export function modelOf(
  data: Omit<TextModelData, 'weights' | 'sizes' | 'known'>,
  { levels: weights, known: knownBits }: ModelTables,
): TextModel {
  const read = createFeatureReader((hash) => isKnownIn(knownBits, hash));

  const loudest = createLoudest(weights);
  const ofWord = new Int32Array(CAP + 2);
  let lastText = '';
  let last = read('');

  /** The reader's arrays hold one text at a time. */
  function reread(text: string): Features {
    lastText = text;
    last = read(text);
    return last;
  }

  /** What one word may add or take, in levels, so that no noun decides alone. */
  function mostOfWord(cap: number, root: number): number {
    return (cap * root) / data.scale;
  }

  function sum(features: Features): number {
    const { count, buckets, owners } = features;
    const root = Math.sqrt(Math.max(1, count));
    let total = 0;
    let words = 0;
    for (let i = 0; i < count; i++) {
      const level = weights[buckets[i]!]!;
      const owner = owners[i]!;
      if (owner === 0) total += level;
      else {
        ofWord[owner]! += level;
        if (owner > words) words = owner;
      }
    }
    const least = -mostOfWord(data.wordCap, root);
    const most = mostOfWord(data.wordCapOff, root);
    for (let word = 1; word <= words; word++) {
      const levels = ofWord[word]!;
      ofWord[word] = 0;
      total += levels > most ? most : levels < least ? least : levels;
    }
    return data.bias + (total * data.scale) / root;
  }

  return {
    raw: (text) => sum(reread(text)),
    score(text) {
      const features = reread(text);
      const language = languageOf(features);
      const [slope, shift] = data.calibration[language];
      return {
        logOdds: slope * sum(features) + shift,
        language,
        coverage: coverageOf(features),
        units: features.words + features.han / 2,
        shapes: features.shapes,
      };
    },
    explain(text, towards, most) {
      // The text that was scored last is not read again.
      const features = text === lastText ? last : reread(text);
      const root = Math.sqrt(Math.max(1, features.count));
      const slope = data.calibration[languageOf(features)][0];
      const terms: Term[] = [];
      loudest(features, towards, ({ start, end, levels }) => {
        if (SAYS_LITTLE.test(text.slice(start, end))) return false;
        if (terms.every((term) => end <= term.start || start >= term.end)) {
          terms.push({ start, end, weight: (towards * slope * levels * data.scale) / root });
        }
        return terms.length >= most;
      });
      return terms;
    },
  };
}

/** By script, and for Latin letters by the share of known English words. */
export function languageOf(features: Features): TextLanguage {
  const { latin, han, other, words, known } = features;
  if (other > (latin + han) * 0.15 && other > 2) return 'other';
  if (han * 3 >= latin) return han > 0 ? 'zh' : 'other';
  if (words === 0) return latin > 0 ? 'en' : 'other';
  return known / words >= 0.6 ? 'en' : 'other';
}

function coverageOf(features: Features): number {
  const language = languageOf(features);
  if (language === 'zh') return 1;
  if (features.words === 0) return 0.5;
  return features.known / features.words;
}
