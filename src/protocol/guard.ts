import * as z from 'zod';

const percent = z.number().min(1).max(100);
const line = z
  .object({ percent: percent.optional(), units: z.number().positive().optional() })
  .refine(({ percent: share, units }) => share !== undefined || units !== undefined, {
    message: 'names percent or units',
  });

/** A user's limits for one provider, see core/guard.ts. */
export const guardSchema = z.object({
  budgets: z
    .array(z.object({ window: z.string().min(1).max(80), soft: line.optional(), hard: line.optional() }))
    .max(20)
    .optional(),
  pauseAtPercent: percent.optional(),
  offPeakOnly: z.boolean().optional(),
});
