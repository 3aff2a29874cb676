import {
  ascii,
  bucket,
  BUCKETS,
  DIGIT,
  HEAD_ENDS,
  isPunctuation,
  KIND,
  LEAD_IN,
  lengthLevel,
  LETTER,
  occurrenceLevel,
  seed,
  SHAPE,
  SHAPES,
  step,
} from './feature-hash.ts';

/** Text is cut to its first 720 and last 480 characters: hostile input costs no more than this. */
export const CAP = 1200;
const CAP_HEAD = 720;
const MAX_FEATURES = 12_288;
const MAX_WORD = 40;

/** What one pass over a text found. The arrays are reused by the next call. */
export interface Features {
  /** How many entries of the arrays count. */
  readonly count: number;
  readonly buckets: Int32Array;
  /** Offsets in the text as given. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly kinds: Uint8Array;
  /** Ordinal from 1 of the word that a feature is all about (the word, its letters, its place in the head); 0 for all others. */
  readonly owners: Int16Array;
  /** Occurrences by `SHAPE`. */
  readonly shapes: Int32Array;
  /** Letters by script. */
  readonly latin: number;
  readonly han: number;
  /** Kana, Hangul, Cyrillic and all others, and Latin letters with marks. */
  readonly other: number;
  /** Words of letters with at least two of them, and how many of these `isKnown` knew. */
  readonly words: number;
  readonly known: number;
}

/**
 * Makes a reader that turns a text into hashed features in one pass, O(n), n <= 1,200 characters. It keeps its arrays, so one
 * reader serves one caller at a time and allocates nothing per call beyond the result.
 *
 * A feature is a hash of: words, pairs and skip pairs; words of a sentence's head (before its first preposition); first
 * word, last word and both together; character 4-grams; one to four Han characters in a row; file extensions; signs of code.
 * Each bucket is given once per text.
 */
export function createFeatureReader(isKnown: (wordHash: number) => boolean): (text: string) => Features {
  const buckets = new Int32Array(MAX_FEATURES);
  const starts = new Int32Array(MAX_FEATURES);
  const ends = new Int32Array(MAX_FEATURES);
  const kinds = new Uint8Array(MAX_FEATURES);
  const owners = new Int16Array(MAX_FEATURES);
  const shapes = new Int32Array(SHAPES);
  const seen = new Uint16Array(BUCKETS);
  const word = new Uint16Array(MAX_WORD);
  let round = 0;
  let count = 0;
  let ordinal = 0;

  function emit(kind: number, hash: number, start: number, end: number): void {
    const b = bucket(hash);
    if (seen[b] === round || count >= MAX_FEATURES) return;
    seen[b] = round;
    buckets[count] = b;
    kinds[count] = kind;
    owners[count] = kind === KIND.word || kind === KIND.head || kind === KIND.chars ? ordinal : 0;
    starts[count] = start;
    ends[count] = end;
    count++;
  }

  return (given) => {
    const cut = given.length > CAP;
    const text = cut ? `${given.slice(0, CAP_HEAD)}\n${given.slice(given.length - (CAP - CAP_HEAD - 1))}` : given;
    const shift = given.length - text.length;
    const length = text.length;
    if (++round === 0xffff) {
      seen.fill(0);
      round = 1;
    }
    count = 0;
    ordinal = 0;
    shapes.fill(0);
    let latin = 0;
    let han = 0;
    let other = 0;
    let words = 0;
    let known = 0;

    // The sentence so far.
    let previous = 0;
    let beforePrevious = 0;
    let previousStart = 0;
    let beforePreviousStart = 0;
    let firstUnit = 0;
    let firstUnitStart = 0;
    let lastUnit = 0;
    let lastUnitStart = 0;
    let lastUnitEnd = 0;
    let headOpen = true;
    let headUnit = 0;
    let headUnitStart = 0;
    let headUnitEnd = 0;
    let unitsInSentence = 0;
    // The Han run so far.
    let h1 = 0;
    let h2 = 0;
    let h3 = 0;

    const closeHead = (): void => {
      if (!headOpen) return;
      headOpen = false;
      if (headUnit === 0) return;
      emit(KIND.frame, step(seed(KIND.frame), headUnit), headUnitStart, headUnitEnd);
      if (firstUnit !== 0 && firstUnit !== headUnit) {
        emit(KIND.frame, step(step(seed(KIND.frame), firstUnit), headUnit), firstUnitStart, headUnitEnd);
      }
    };
    const closeSentence = (): void => {
      closeHead();
      if (lastUnit !== 0) {
        emit(KIND.last, step(seed(KIND.last), lastUnit), lastUnitStart, lastUnitEnd);
        if (firstUnit !== 0 && firstUnit !== lastUnit) {
          emit(KIND.last, step(step(seed(KIND.last), firstUnit), lastUnit), firstUnitStart, lastUnitEnd);
        }
      }
      previous = beforePrevious = firstUnit = lastUnit = headUnit = unitsInSentence = 0;
      headOpen = true;
    };
    const unit = (hash: number, start: number, end: number, leadIn: boolean): void => {
      if (firstUnit === 0 && !leadIn) {
        firstUnit = hash;
        firstUnitStart = start;
        emit(KIND.first, step(seed(KIND.first), hash), start, end);
      }
      lastUnit = hash;
      lastUnitStart = start;
      lastUnitEnd = end;
      unitsInSentence++;
      if (headOpen && !leadIn) {
        headUnit = hash;
        headUnitStart = start;
        headUnitEnd = end;
        if (unitsInSentence > 12) closeHead();
      }
    };

    let lineCount = 1;
    let i = 0;
    let dotted = false;
    while (i < length) {
      const code = text.charCodeAt(i);
      const kind = code < 128 ? ascii[code]! : code >= 0xc0 ? LETTER : 0;
      const isHan = code >= 0x3400 && code <= 0x9fff;
      const at = cut && i > CAP_HEAD ? i + shift : i;

      if (isHan) {
        han++;
        emit(KIND.han, step(seed(KIND.han), code), at, at + 1);
        if (h1 !== 0) {
          const two = step(step(seed(KIND.han2), h1), code);
          emit(KIND.han2, two, at - 1, at + 1);
          unit(two, at - 1, at + 1, false);
          if (headOpen && unitsInSentence <= 4) emit(KIND.headHan, step(seed(KIND.headHan), two), at - 1, at + 1);
          if (h2 !== 0) {
            emit(KIND.han3, step(step(step(seed(KIND.han3), h2), h1), code), at - 2, at + 1);
            if (h3 !== 0) emit(KIND.han4, step(step(step(step(seed(KIND.han4), h3), h2), h1), code), at - 3, at + 1);
          }
        } else if (previous !== 0) {
          emit(KIND.pair, step(step(seed(KIND.pair), previous), code), previousStart, at + 1);
        }
        h3 = h2;
        h2 = h1;
        h1 = code;
        i++;
        dotted = false;
        continue;
      }

      if (kind !== 0 && !isPunctuation(code)) {
        // A word: letters, digits, underscores; an apostrophe inside is dropped.
        let j = i;
        let size = 0;
        let hash = seed(KIND.word);
        let digits = 0;
        let upperInside = false;
        let underscore = false;
        let marked = 0;
        let lowerBefore = false;
        for (; j < length; j++) {
          let c = text.charCodeAt(j);
          if (c === 39 || c === 0x2019) {
            if (j + 1 < length && ascii[text.charCodeAt(j + 1)] === LETTER) continue;
            break;
          }
          if (c >= 0x3400 && c <= 0x9fff) break;
          if (c < 128) {
            const k = ascii[c]!;
            if (k === 0) break;
            if (k === DIGIT) digits++;
            if (c >= 65 && c <= 90) {
              if (lowerBefore) upperInside = true;
              lowerBefore = false;
              c += 32;
            } else {
              lowerBefore = c >= 97;
              if (c === 95) underscore = true;
            }
          } else {
            if (c < 0xc0 || isPunctuation(c)) break;
            if (c >= 0xff01 && c <= 0xff5e) c -= 0xfee0;
            else {
              marked++;
              if ((c >= 0xc0 && c <= 0xde) || (c >= 0x410 && c <= 0x42f)) c += 32;
              else if (c >= 0x400 && c <= 0x40f) c += 80;
            }
          }
          if (size < MAX_WORD) {
            word[size++] = c;
            hash = step(hash, c);
          }
        }
        const end = at + (j - i);
        const next = j < length ? text.charCodeAt(j) : 0;
        const letters = j - i - digits;
        if (digits === j - i) {
          shapes[SHAPE.number]!++;
          hash = step(seed(KIND.word), 0xf000 + Math.min(4, digits));
        } else {
          latin += letters - marked;
          other += marked;
          if (letters >= 2 && digits === 0) {
            words++;
            if (isKnown(hash)) known++;
          }
        }
        if (upperInside) shapes[SHAPE.camel]!++;
        if (underscore) shapes[SHAPE.snake]!++;
        if (next === 40) shapes[SHAPE.call]!++;
        ordinal++;
        emit(KIND.word, hash, at, end);
        if (h1 !== 0) emit(KIND.pair, step(step(seed(KIND.pair), h1), hash), at - 1, end);
        h1 = h2 = h3 = 0;
        if (dotted && size <= 5) {
          shapes[SHAPE.fileName]!++;
          emit(KIND.extension, step(seed(KIND.extension), hash), at, end);
        }
        dotted = false;
        if (previous !== 0) {
          emit(KIND.pair, step(step(seed(KIND.pair), previous), hash), previousStart, end);
          if (beforePrevious !== 0) {
            emit(KIND.skip, step(step(seed(KIND.skip), beforePrevious), hash), beforePreviousStart, end);
          }
        }
        if (HEAD_ENDS.has(hash) && unitsInSentence > 0 && firstUnit !== 0) closeHead();
        else if (headOpen) emit(KIND.head, step(seed(KIND.head), hash), at, end);
        unit(hash, at, end, LEAD_IN.has(hash));
        if (size >= 4 && digits < size) {
          let a = 94;
          let b = word[0]!;
          let c = word[1]!;
          for (let k = 2; k <= size; k++) {
            const d = k === size ? 36 : word[k]!;
            emit(KIND.chars, step(step(step(step(seed(KIND.chars), a), b), c), d), at, end);
            a = b;
            b = c;
            c = d;
          }
        }
        beforePrevious = previous;
        beforePreviousStart = previousStart;
        previous = hash;
        previousStart = at;
        i = j;
        continue;
      }

      // Punctuation and space.
      const next = i + 1 < length ? text.charCodeAt(i + 1) : 0;
      dotted = false;
      switch (code) {
        case 46: // .
          if (
            previous !== 0 &&
            next < 128 &&
            ascii[next] !== 0 &&
            i > 0 &&
            (ascii[text.charCodeAt(i - 1)] ?? 0) !== 0
          ) {
            dotted = true;
          } else closeSentence();
          break;
        case 10:
          lineCount++;
          closeSentence();
          break;
        case 63: // ?
        case 0xff1f:
          shapes[SHAPE.question]!++;
          closeSentence();
          break;
        case 33: // !
        case 0x3002: // 。
        case 0xff01:
        case 0xff1b:
        case 0xff0c: // ，
        case 0xff1a:
          closeSentence();
          break;
        case 59: // ;
          if (next === 10 || next === 0) shapes[SHAPE.semicolonEnd]!++;
          closeSentence();
          break;
        case 96: // `
          if (next === 96 && text.charCodeAt(i + 2) === 96) {
            shapes[SHAPE.fence]!++;
            i += 2;
          } else shapes[SHAPE.backtick]!++;
          break;
        case 123:
        case 125: // { }
          shapes[SHAPE.brace]!++;
          break;
        case 47: // /
          if (next === 47 && i > 0 && text.charCodeAt(i - 1) === 58) shapes[SHAPE.address]!++;
          else if (next < 128 && ascii[next] !== 0) shapes[SHAPE.path]!++;
          break;
        case 61: // =
          if (next === 62) shapes[SHAPE.arrow]!++;
          else shapes[SHAPE.assignment]!++;
          break;
        case 45: // -
          if (next === 62) shapes[SHAPE.arrow]!++;
          else if (next === 45 && i > 0 && text.charCodeAt(i - 1) === 32) shapes[SHAPE.flag]!++;
          break;
        case 60: // <
          if ((next < 128 && ascii[next] === LETTER) || next === 47) shapes[SHAPE.markup]!++;
          break;
        case 64: // @
          if (previous !== 0 && i > 0 && (ascii[text.charCodeAt(i - 1)] ?? 0) !== 0) shapes[SHAPE.mail]!++;
          break;
        default:
      }
      if (code !== 32) h1 = h2 = h3 = 0;
      i++;
    }
    closeSentence();
    shapes[SHAPE.lines] = lineCount;
    shapes[SHAPE.length] = length;
    const start = length === 0 ? 0 : text.charCodeAt(0);
    shapes[SHAPE.lowerStart] = start >= 97 && start <= 122 ? 1 : 0;
    for (let s = 1; s < SHAPES; s++) {
      const level = s === SHAPE.length ? lengthLevel(length) : occurrenceLevel(shapes[s]!);
      if (level > 0) emit(KIND.shape, step(step(seed(KIND.shape), s), level), 0, 0);
    }
    return { count, buckets, starts, ends, kinds, owners, shapes, latin, han, other, words, known };
  };
}
