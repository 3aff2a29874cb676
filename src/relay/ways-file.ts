import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { SEEN_WAYS, type SeenWay } from '../core/seen-turn.ts';
import { writeAtomically } from './atomic-file.ts';

/** An agent at a provider, and when it was seen last by each way. */
export interface Sighted {
  readonly agentId: string;
  readonly providerId: string;
  readonly ways: Readonly<Partial<Record<SeenWay, number>>>;
}

const MOST = 300;
const word = z.string().min(1).max(60);
const schema = z.object({
  seen: z.array(z.object({ agentId: word, providerId: word, ways: z.partialRecord(z.enum(SEEN_WAYS), z.number()) })),
});

/** `ways.json` of a home. Absent or damaged: nothing was seen. Never throws. */
export function readWays(path: string): readonly Sighted[] {
  try {
    const { data } = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return (data?.seen ?? []).map(({ agentId, providerId, ways }) => ({
      agentId,
      providerId,
      ways: Object.fromEntries(Object.entries(ways).filter(([, at]) => at !== undefined)),
    }));
  } catch {
    return [];
  }
}

/** The newest of them. Where it cannot be written they are forgotten at the next start. Never throws. */
export function writeWays(path: string, seen: readonly Sighted[]): void {
  const lastOf = ({ ways }: Sighted): number => Math.max(0, ...Object.values(ways));
  const kept = seen.toSorted((a, b) => lastOf(b) - lastOf(a)).slice(0, MOST);
  writeAtomically(path, JSON.stringify({ seen: kept }));
}
