/** Feature space of the text model. A change here needs a newly trained model. */
export const BUCKET_BITS = 20;
export const BUCKETS = 1 << BUCKET_BITS;

/** Families of features; each has its own hash seed. */
export const KIND = {
  word: 1,
  pair: 2,
  skip: 3,
  head: 4,
  first: 5,
  last: 6,
  frame: 7,
  chars: 8,
  han: 9,
  han2: 10,
  han3: 11,
  han4: 12,
  headHan: 13,
  extension: 14,
  shape: 15,
} as const;

/** Signs of code, counted in the same pass. */
export const SHAPE = {
  fence: 1,
  camel: 2,
  snake: 3,
  path: 4,
  fileName: 5,
  call: 6,
  semicolonEnd: 7,
  brace: 8,
  address: 9,
  backtick: 10,
  arrow: 11,
  markup: 12,
  assignment: 13,
  flag: 14,
  question: 15,
  lines: 16,
  length: 17,
  mail: 18,
  lowerStart: 19,
  number: 20,
} as const;
/** Room for all of them. */
export const SHAPES = 24;

/** Classes of ASCII characters. */
export const LETTER = 1;
export const DIGIT = 2;
export const ascii = new Uint8Array(128);
for (let c = 97; c <= 122; c++) ascii[c] = ascii[c - 32] = LETTER;
for (let c = 48; c <= 57; c++) ascii[c] = DIGIT;
ascii[95] = LETTER;

/** Start of a hash of one family. */
export const seed = (kind: number): number => Math.imul(kind, 0x9e3779b1) | 0;
export const step = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);
/** Where a finished hash counts. */
export function bucket(hash: number): number {
  let h = hash ^ (hash >>> 15);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  return (Math.imul(h, 0xc2b2ae35) >>> (32 - BUCKET_BITS)) | 0;
}
/** Hash of a word as the pass makes it, for word lists. */
export function wordHash(word: string): number {
  let hash = seed(KIND.word);
  for (let i = 0; i < word.length; i++) hash = step(hash, word.charCodeAt(i));
  return hash;
}

const hashes = (words: string): ReadonlySet<number> => new Set(words.split(' ').map(wordHash));
/** Behind these the head of an English sentence ends: what follows is the subject, not the artefact. */
export const HEAD_ENDS = hashes(
  'about for on in to from with that regarding of into using when where which because so if after before by at as without via per than between under over across and or then while whose who',
);
/** Passed over when the first word of a sentence is looked for. */
export const LEAD_IN = hashes(
  'please can you could i we need want would like help me lets let us hey hi hello ok okay so just now and also then id ill to should will might maybe actually quickly pls the a an my our this that go ahead',
);

/** A count as one of five levels. */
export function occurrenceLevel(n: number): number {
  return n === 0 ? 0 : n === 1 ? 1 : n <= 3 ? 2 : n <= 8 ? 3 : 4;
}

/** A length in characters as one of six levels. */
export function lengthLevel(n: number): number {
  return n <= 12 ? 1 : n <= 30 ? 2 : n <= 60 ? 3 : n <= 120 ? 4 : n <= 300 ? 5 : 6;
}

/** Punctuation above ASCII that `charCode >= 0xc0` would take for a letter. */
export function isPunctuation(code: number): boolean {
  if (code < 0x2000) return code === 0xd7 || code === 0xf7;
  return (
    code <= 0x2bff ||
    (code >= 0x3000 && code <= 0x303f) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    (code >= 0xfe00 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff0f) ||
    (code >= 0xff1a && code <= 0xff20) ||
    code === 0x30fb ||
    code >= 0xfffd
  );
}
