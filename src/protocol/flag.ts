import * as z from 'zod';

/** A flag as it crosses the line to windows and the command line. */
export const flagSchema = z.object({
  id: z.string(),
  at: z.number(),
  exchangeId: z.string(),
  providerId: z.string(),
  accountKey: z.string().optional(),
  agentId: z.string(),
  ruleId: z.string(),
  severity: z.enum(['info', 'warning', 'serious']),
  packId: z.string(),
  packVersion: z.string(),
  decision: z.enum(['in-scope', 'unsure', 'out-of-scope']),
  pOffScope: z.number(),
  category: z.string().optional(),
  because: z.string(),
  evidence: z.array(
    z.object({
      feature: z.string(),
      weight: z.number(),
      // Another place of a newer relay is no reason to show no flag at all.
      where: z.enum(['text', 'previous', 'tools', 'client', 'system', 'setting', 'way']).catch('setting'),
      start: z.number().optional(),
      end: z.number().optional(),
    }),
  ),
  // Another word of a newer relay is no reason to show no flag at all.
  acted: z.enum(['passed', 'warned', 'sent', 'stopped', 'blocked']).catch('passed'),
  heldBy: z.enum(['user', 'time', 'nobody']).optional(),
});
