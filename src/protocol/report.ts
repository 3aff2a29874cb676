import * as z from 'zod';
import type { Report } from '../core/report.ts';

const known = z.number().optional();
const word = z.string().optional();
const outcome = z.enum(['completed', 'refused', 'upstream-failed', 'aborted', 'absorbed']);

/** How far back one report may reach. */
export const MAX_REPORT_MS = 400 * 86_400_000;

/** Query of `GET report`: where the span begins, ms since epoch. */
export const reportQuerySchema = z.object({ since: z.coerce.number().int().nonnegative() });

export const strikesSchema = z.object({
  confirmed: z.number(),
  refusals: z.number(),
  lastAt: known,
  lastCode: word,
  moreThan: known,
  note: word,
  ownFlags: z.union([z.number(), z.literal('not-judged')]),
});

/** Shape of a Report on the wire; unknown fields of a newer relay are dropped. */
export const reportSchema = z.object({
  schema: z.literal('planward.report.v1'),
  at: z.number(),
  since: z.number(),
  until: z.number(),
  complete: z.boolean(),
  accounts: z.array(
    z.object({
      providerId: z.string(),
      providerName: z.string(),
      accountKey: z.string(),
      label: word,
      planId: word,
      planName: word,
      strikes: strikesSchema,
      policyEvents: z.array(
        z.object({
          codes: z.array(z.string()),
          firstAt: z.number(),
          lastAt: z.number(),
          refusals: z.number(),
        }),
      ),
    }),
  ),
  counts: z.array(
    z.object({
      day: z.string(),
      providerId: z.string(),
      accountKey: z.string(),
      agentId: z.string(),
      model: z.string(),
      result: z.enum([...outcome.options, 'failed']),
      requests: z.number(),
      inputTokens: z.number(),
      outputTokens: z.number(),
      products: z.array(z.string()).optional(),
    }),
  ),
  load: z.array(
    z.object({
      providerId: z.string(),
      accountKey: z.string(),
      requests: z.number(),
      peakInFlight: z.number(),
      peakInFlightAt: known,
      peakPerMinute: z.number(),
      peakPerMinuteAt: known,
    }),
  ),
  groups: z.array(
    z.object({
      providerId: z.string(),
      accountKey: z.string(),
      status: known,
      code: word,
      type: word,
      message: z.string(),
      count: z.number(),
      firstAt: z.number(),
      lastAt: z.number(),
    }),
  ),
  failures: z.array(
    z.object({
      id: z.string(),
      at: z.number(),
      providerId: z.string(),
      accountKey: z.string(),
      agentId: z.string(),
      agentProduct: word,
      operation: z.enum(['chat', 'count-tokens', 'models', 'probe', 'other']),
      model: word,
      outcome,
      status: known,
      code: word,
      type: word,
      message: z.string(),
      requestId: word,
      policyCode: word,
      inFlight: z.number(),
      perMinute: z.number(),
    }),
  ),
  failureCount: z.number(),
  turns: z
    .array(
      z.object({
        providerId: z.string(),
        accountKey: z.string(),
        coding: z.number(),
        unsure: z.number(),
        other: z.number(),
        settled: z.number(),
      }),
    )
    .optional(),
});

/** A Report from untrusted text; undefined where it is none. Never throws. */
export function readReport(text: string): Report | undefined {
  try {
    const parsed = reportSchema.safeParse(JSON.parse(text));
    return parsed.success ? (parsed.data as Report) : undefined;
  } catch {
    return undefined;
  }
}
