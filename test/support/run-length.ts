/**
 * How long a fuzz, faults or soak run is. The short form is part of `npm test`; `npm run test:fuzz` and its like set PLANWARD_LONG
 * for the long one. PLANWARD_SEED repeats a run that failed.
 */
const LONG = process.env['PLANWARD_LONG'] === '1';
const SEED = Number(process.env['PLANWARD_SEED'] ?? Number.NaN);

/** Runs of a property: `short` within `npm test`, `long` by the command of its own. */
export function runs(short: number, long: number): number {
  return LONG ? long : short;
}

/** Milliseconds a test may take: `short`, and forty minutes in the long form. */
export function patience(short: number): number {
  return LONG ? 40 * 60_000 : short;
}

/** A seed of its own for every run, shown where a property fails. */
export function seed(): number {
  return Number.isNaN(SEED) ? Date.now() & 0x7fff_ffff : SEED;
}
