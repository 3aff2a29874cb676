/** Shortest rest, how it grows, and the longest one. */
const FIRST_MS = 1_200;
const GROWTH = 1.35;
const MAX_MS = 8_000;

/**
 * How long to rest after the nth refusal (0 for the first) that one request met with no other under way: growing, with up to a
 * fifth of jitter so that waiting requests of several keys do not come back together. Sums of these rests reach the end of a
 * limit of ten seconds within two and that of a minute within six. What the provider asks for (`Retry-After`) is kept where
 * it is longer.
 */
export function restAfter(nth: number, random: number, retryAfterMs: number | undefined): number {
  const grown = Math.min(MAX_MS, FIRST_MS * GROWTH ** nth);
  return Math.max(retryAfterMs ?? 0, Math.round(grown * (1 + random / 5)));
}
