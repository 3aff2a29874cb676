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
