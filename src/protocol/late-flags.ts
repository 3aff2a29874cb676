import * as z from 'zod';

const short = z.string().max(200);

/**
 * A flag of a prompt that a hook judged with no relay at hand: what the relay would have kept of it, and no text. `turnKey` is the
 * salted hash by which the relay knows the turn.
 */
const lateFlagSchema = z.object({
  turnKey: short,
  at: z.number(),
  providerId: short,
  agentId: short,
  ruleId: short,
  severity: z.enum(['info', 'warning', 'serious']),
  packId: short,
  packVersion: short,
  decision: z.enum(['in-scope', 'unsure', 'out-of-scope']),
  pOffScope: z.number(),
  category: short.optional(),
  because: z.string().max(600),
  evidence: z.array(z.object({ feature: short, weight: z.number(), where: short })).max(5),
  acted: z.enum(['passed', 'blocked']),
});

export type LateFlag = z.infer<typeof lateFlagSchema>;

/** `hook-flags.json` of a home: oldest first. */
export const lateFlagsSchema = z.object({ salt: short, flags: z.array(lateFlagSchema).max(500) });
