import * as z from 'zod';
import type { StatuslineAsk } from './statusline-call.ts';

const word = z.string().min(1).max(60);

/** Shape of a StatuslineAsk from another program. */
export const statuslineAskSchema = z.object({
  agentId: word,
  providerId: word,
  sessionId: z.string().max(200).optional(),
  model: z.string().max(200).optional(),
  limits: z
    .array(
      z.object({
        policy: word,
        usedFraction: z.number().min(0).max(100),
        windowMs: z.number().positive().optional(),
        resetsAt: z.number().positive().optional(),
      }),
    )
    .max(20),
}) satisfies z.ZodType<StatuslineAsk>;
