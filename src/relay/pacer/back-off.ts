/** Longest wait between two tries, and how a wait grows. */
const FIRST_MS = 1_200;
const GROWTH = 1.6;
const MAX_MS = 12_000;

/**
 * How long to rest after the nth refusal (0 for the first) of one request: growing, with up to a third of jitter so that
 * waiting requests do not come back together. What the provider asks for (`Retry-After`) is kept where it is longer.
 */
export function restAfter(nth: number, random: number, retryAfterMs: number | undefined): number {
  const grown = Math.min(MAX_MS, FIRST_MS * GROWTH ** nth);
  return Math.max(retryAfterMs ?? 0, Math.round(grown * (1 + random / 3)));
}
