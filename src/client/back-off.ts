const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/**
 * How long to wait before the next try, ms: none before the first, then 250 ms doubling to 30 s.
 * `spread` (0..1) takes up to a fifth off, so that several windows do not knock at once.
 */
export function backOffMs(failures: number, spread = 0): number {
  if (failures <= 0) return 0;
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  return Math.round(whole * (1 - 0.2 * spread));
}
