/** A generator of its own for millions of inputs: fast, and the same for the same seed. */
export interface Dice {
  /** A whole number below `end`. */
  below(end: number): number;
  pick<T>(list: readonly T[]): T;
}

export function createDice(start: number): Dice {
  let state = start | 0 || 1;
  const next = (): number => {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const below = (end: number): number => (end <= 1 ? 0 : next() % end);
  return { below, pick: (list) => list[below(list.length)]! };
}

/** Pieces that readers of JSON, event streams and numbers have stumbled over. */
const SHARDS = [
  '\0',
  '\r',
  '\n\n',
  '\r\n\r\n',
  'data: ',
  'event: error\n',
  'data: [DONE]\n\n',
  ':',
  '"',
  '\\',
  '\\u0000',
  '\\ud800',
  '{',
  '}',
  '[',
  ']',
  ',',
  'null',
  'true',
  'NaN',
  '-1',
  '1e999',
  '-1e-999',
  '99999999999999999999999',
  '0.1',
  '""',
  '{}',
  '[]',
  '[[[[[[[[[[',
  '{"a":{"a":{"a":',
  '"__proto__":{"usage":{"input_tokens":1}},',
  '"constructor":1,',
  '"usage":null',
  '"usage":{"input_tokens":"12"}',
  '"error":{"code":1302}',
  '"error":"no"',
  '"percentage":101',
  '"nextResetTime":-1',
  '\xff\xfe',
  '\xed\xa0\x80',
  '\xf0\x9f',
  '\xc0\xaf',
  '\ufeff',
  '\u202e',
  '\x1b[31m',
] as const;

/** `text` changed in one to four places: cut, doubled, swapped, overwritten, or with another text's part in it. Latin1. */
export function garble(text: string, others: readonly string[], dice: Dice): string {
  let bent = text;
  for (let left = 1 + dice.below(4); left > 0; left -= 1) {
    const at = dice.below(bent.length + 1);
    const to = Math.min(bent.length, at + dice.below(40));
    switch (dice.below(7)) {
      case 0:
        bent = bent.slice(0, at);
        break;
      case 1:
        bent = bent.slice(0, at) + bent.slice(to);
        break;
      case 2:
        bent = bent.slice(0, to) + bent.slice(at);
        break;
      case 3:
        bent = bent.slice(0, at) + String.fromCharCode(dice.below(256)) + bent.slice(at + 1);
        break;
      case 4: {
        const other = dice.pick(others);
        const from = dice.below(other.length);
        bent = bent.slice(0, at) + other.slice(from, from + dice.below(200)) + bent.slice(to);
        break;
      }
      default:
        bent = bent.slice(0, at) + dice.pick(SHARDS) + bent.slice(dice.below(2) === 0 ? at : to);
    }
  }
  return bent;
}

/** `bytes` in one to five pieces. */
export function shatter(bytes: Buffer, dice: Dice): readonly Buffer[] {
  const places = Array.from({ length: dice.below(5) }, () => dice.below(bytes.length + 1));
  const edges = [0, ...places.toSorted((a, b) => a - b), bytes.length];
  return edges.slice(1).map((end, i) => bytes.subarray(edges[i], end));
}
