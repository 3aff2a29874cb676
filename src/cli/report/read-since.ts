const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** Instant that `7d`, `36h`, `90m`, `2w` or an ISO date or time (UTC where no zone is named) speaks of; undefined for anything else. */
export function readSince(given: string, now: number): number | undefined {
  const span = /^(\d{1,5})([mhdw])$/.exec(given.trim());
  if (span !== null) return Math.max(0, now - Number(span[1]) * UNIT_MS[span[2]!]!);
  if (!/^\d{4}-\d\d-\d\d/.test(given)) return undefined;
  const at = Date.parse(given);
  return Number.isNaN(at) || at > now ? undefined : at;
}
