import * as z from 'zod';
import { HISTORY_BUCKETS, type History } from '../core/history.ts';

const DAY_MS = 86_400_000;
/** How far one history may reach. */
export const MAX_HISTORY_MS = 400 * DAY_MS;
/** Widest span of each bucket: what keeps every answer small. */
export const MAX_SPAN_MS: Readonly<Record<(typeof HISTORY_BUCKETS)[number], number>> = {
  '5m': 2 * DAY_MS,
  '15m': 8 * DAY_MS,
  '1h': 35 * DAY_MS,
  '6h': 120 * DAY_MS,
  '1d': MAX_HISTORY_MS,
};

/** Query of `GET history`. Without an account, the one seen last. */
export const historyQuerySchema = z
  .object({
    from: z.coerce.number().int().nonnegative(),
    to: z.coerce.number().int().nonnegative(),
    bucket: z.enum(HISTORY_BUCKETS),
    /** IANA name or offset days are cut at. */
    zone: z.string().min(1).max(64).refine(isZone, 'not a time zone').default('UTC'),
    providerId: z.string().max(100).optional(),
    accountKey: z.string().max(200).optional(),
  })
  .refine(({ from, to }) => to > from, 'to must come after from')
  .refine(({ from, to, bucket }) => to - from <= MAX_SPAN_MS[bucket], 'the span is too long for this bucket');
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

const figures = z.array(z.number());
const known = z.number().optional();
const word = z.string().optional();
const series = z.array(z.object({ id: z.string(), name: word, firstAt: known, tokens: figures, requests: figures }));

/** Shape of a History on the wire; unknown fields of a newer relay are dropped. */
export const historySchema = z.object({
  schema: z.literal('planward.history.v1'),
  at: z.number(),
  from: z.number(),
  to: z.number(),
  bucket: z.enum(HISTORY_BUCKETS),
  starts: figures,
  knownFrom: known,
  account: z.object({
    providerId: z.string(),
    accountKey: z.string(),
    providerName: z.string(),
    planName: word,
    label: word,
  }),
  burn: z.object({ agent: series, model: series, kind: series, session: series, workspace: series }),
  week: z.object({ tokens: figures, requests: figures, peak: z.array(z.boolean()).optional() }),
  windows: z.array(
    z.object({
      id: z.string(),
      windowMs: known,
      model: word,
      used: z.array(z.number().nullable()),
      cycle: z
        .object({ startsAt: z.number(), resetsAt: z.number(), points: z.array(z.tuple([z.number(), z.number()])) })
        .optional(),
      capacity: z.array(z.object({ at: z.number(), perPercent: z.number(), over: z.number() })),
      capacityUnit: z.enum(['credits', 'tokens', 'requests']).optional(),
    }),
  ),
  failures: z.array(z.object({ at: z.number(), code: z.string(), count: z.number(), policy: z.boolean() })),
  flags: z.array(z.object({ at: z.number(), ruleId: z.string(), category: word })),
  cost: z.object({
    usdMicros: figures,
    totalUsdMicros: known,
    unpriced: z.array(z.string()),
    planUsdMicros: known,
  }),
});

/** A History from untrusted text; undefined where it is none. Never throws. */
export function readHistory(text: string): History | undefined {
  try {
    const parsed = historySchema.safeParse(JSON.parse(text));
    return parsed.success ? (parsed.data as History) : undefined;
  } catch {
    return undefined;
  }
}

function isZone(zone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}
