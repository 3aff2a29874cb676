const QUOTE = 34;
const BACKSLASH = 92;

/** Index of the next byte that is no white space of JSON. */
export function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  for (let byte = bytes[at]; byte === 32 || byte === 10 || byte === 13 || byte === 9; byte = bytes[at]) at += 1;
  return at;
}

/**
 * Index past the JSON value that begins at `from`; -1 where the bytes end before it does. Follows brackets and strings and checks
 * nothing else: whether it is JSON is found out by whoever parses it.
 */
export function skipValue(bytes: Buffer, from: number): number {
  const first = bytes[from];
  if (first === QUOTE) return skipString(bytes, from);
  if (first !== 123 && first !== 91) return skipWord(bytes, from);
  let depth = 0;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      at = skipString(bytes, at) - 1;
      if (at < 0) return -1;
    } else if (byte === 123 || byte === 91) depth += 1;
    else if ((byte === 125 || byte === 93) && --depth === 0) return at + 1;
  }
  return -1;
}

/** Past a string's closing quote. */
function skipString(bytes: Buffer, from: number): number {
  for (let at = from + 1; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === BACKSLASH) at += 1;
    else if (byte === QUOTE) return at + 1;
  }
  return -1;
}

/** Past a number or `true`, `false`, `null`. */
function skipWord(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (byte === 44 || byte === 93 || byte === 125 || byte <= 32) return at;
  }
  return -1;
}

/** Past each element of the list that is the member `name` of the object these bytes are; undefined where there is none. */
export function elementEnds(bytes: Buffer, name: string): readonly number[] | undefined {
  let at = skipSpace(bytes, 0);
  if (bytes[at] !== 123) return undefined;
  const key = `"${name}"`;
  for (;;) {
    const begin = skipSpace(bytes, at + 1);
    const past = skipValue(bytes, begin);
    const colon = past < 0 ? -1 : skipSpace(bytes, past);
    if (colon < 0 || bytes[colon] !== 58) return undefined;
    const value = skipSpace(bytes, colon + 1);
    if (bytes.toString('latin1', begin, past) === key) return bytes[value] === 91 ? endsOf(bytes, value) : undefined;
    at = skipValue(bytes, value);
    if (at < 0) return undefined;
    at = skipSpace(bytes, at);
    if (bytes[at] !== 44) return undefined;
  }
}

/**
 * The same for a list of messages whose beginning is missing: past each of the last elements, `enough` of them at least. Undefined where
 * they cannot be told; whether the list they stand in is the right one, the bytes behind it say.
 */
export function lastElementEnds(bytes: Buffer, enough: number): readonly number[] | undefined {
  let tries = 0;
  let at = bytes.length;
  for (let openings = 1; tries < MAX_TRIES; openings += 1) {
    at = bytes.lastIndexOf('{"role":', at - 1, 'latin1');
    if (at < 1) return undefined;
    if (openings < enough || !SEPARATORS.has(bytes[at - 1]!)) continue;
    tries += 1;
    const ends = endsOf(bytes, at - 1);
    if (ends !== undefined && ends.length >= enough) return ends;
  }
  return undefined;
}

const MAX_TRIES = 3;
/** `,`, `[` and white space. */
const SEPARATORS = new Set([44, 91, 32, 10]);

/** `before` is the index of what stands before the first element. */
function endsOf(bytes: Buffer, before: number): readonly number[] | undefined {
  const ends: number[] = [];
  let at = before;
  do {
    const begin = skipSpace(bytes, at + 1);
    if (bytes[begin] === 93 && ends.length === 0) return ends;
    const past = skipValue(bytes, begin);
    if (past < 0) return undefined;
    ends.push(past);
    at = skipSpace(bytes, past);
  } while (bytes[at] === 44);
  return bytes[at] === 93 ? ends : undefined;
}
