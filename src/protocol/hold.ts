import * as z from 'zod';

/** Provider or plan -> mode, see core/scope-mode.ts. */
export const scopeModesSchema = z.record(z.string().max(120), z.enum(['observe', 'warn', 'hold', 'block']));

export const holdDefaultSchema = z.enum(['send', 'stop']);

/** Longest and shortest wait for the user's word. Agents give up on a silent request after five minutes or more. */
export const holdSecondsSchema = z.int().min(5).max(240);

const evidenceSchema = z.object({
  feature: z.string(),
  weight: z.number(),
  where: z.enum(['text', 'previous', 'tools', 'client', 'system', 'setting']),
  start: z.number().optional(),
  end: z.number().optional(),
});

export const evidenceListSchema = z.array(evidenceSchema);

export const holdSchema = z.object({
  id: z.string(),
  since: z.number(),
  untilAt: z.number(),
  byDefault: holdDefaultSchema,
  agentId: z.string(),
  providerId: z.string(),
  packId: z.string(),
  packVersion: z.string(),
  ruleId: z.string(),
  severity: z.enum(['info', 'warning', 'serious']),
  category: z.string().optional(),
  pOffScope: z.number(),
  evidence: evidenceListSchema,
});

/** Body of `POST hold`. */
export const answerHoldSchema = z.object({ id: z.string(), answer: z.enum(['send', 'stop', 'coding']) });
