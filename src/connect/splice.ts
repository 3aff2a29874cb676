/** One place where two texts differ. Offsets are UTF-16 units of the text it is applied to. */
export interface Splice {
  readonly at: number;
  readonly remove: string;
  readonly insert: string;
}

/** The one splice that turns `before` into `after`; undefined where they are the same. */
export function spliceBetween(before: string, after: string): Splice | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let at = 0;
  while (at < most && before[at] === after[at]) at++;
  let end = 0;
  while (end < most - at && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { at, remove: before.slice(at, before.length - end), insert: after.slice(at, after.length - end) };
}

export function applySplice(text: string, { at, remove, insert }: Splice): string {
  return text.slice(0, at) + insert + text.slice(at + remove.length);
}

/** Takes splices back, the last one first; undefined where the text is not what they made. */
export function undoSplices(text: string, splices: readonly Splice[]): string | undefined {
  let undone = text;
  for (const { at, remove, insert } of splices.toReversed()) {
    if (undone.slice(at, at + insert.length) !== insert) return undefined;
    undone = undone.slice(0, at) + remove + undone.slice(at + insert.length);
  }
  return undone;
}

/** Shorter pieces may stand in a text by chance. */
const TELLING = 8;

/**
 * Takes splices back in a text that was changed elsewhere since: what each put in is looked for, and must stand there
 * once. Undefined where it does not; the caller has to look whether the result says what it should.
 */
export function undoSplicesAnywhere(text: string, splices: readonly Splice[]): string | undefined {
  let undone = text;
  for (const { remove, insert } of splices.toReversed()) {
    const at = undone.indexOf(insert);
    if (insert.length < TELLING || at < 0 || undone.indexOf(insert, at + 1) >= 0) return undefined;
    undone = undone.slice(0, at) + remove + undone.slice(at + insert.length);
  }
  return undone;
}
