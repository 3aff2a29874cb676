import type { Weighted } from './fit.ts';
import { madeUpRows } from './made-up.ts';
import type { Row } from './rows.ts';

/** How much a made-up prompt counts beside a real one of an equally large source. */
const MADE_UP = 2;

/** How much a turn that says nothing of its task counts; it pulls its words to even odds. */
const ABSTAIN = 0.4;
/** The same for a few words that only name a thing. */
const ABSTAIN_BARE = 0.06;

/** Everything the model learns from, each source held to a share so that none outweighs the others. */
export function trainingRows(given: readonly Row[], seed: number): readonly Weighted[] {
  const rows = [...given, ...madeUpRows(given, seed)];
  const bySource = new Map<string, number>();
  const group = (row: Row): string => `${row.source.replace(/:.*/, '')}|${row.label}|${row.lang}`;
  for (const row of rows) bySource.set(group(row), (bySource.get(group(row)) ?? 0) + 1);
  return rows.map((row) => {
    const size = bySource.get(group(row))!;
    return {
      row,
      weight:
        Math.min(1, Math.sqrt(1000 / size)) *
        (row.label === 'ambiguous' ? (row.source === 'made-up-bare' ? ABSTAIN_BARE : ABSTAIN) : 1) *
        (row.source.startsWith('made-up') ? MADE_UP : 1),
    };
  });
}
