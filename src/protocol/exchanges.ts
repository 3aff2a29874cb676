import * as z from 'zod';
import type { ExchangePage } from '../core/exported-exchange.ts';

/** Most exchanges of one page: read, copied to the main thread and written as JSON in some ten milliseconds. */
export const EXCHANGE_PAGE = 500;

/** Query of `GET exchanges`: a span in ms since epoch, `until` not in it, and where the page before ended. */
export const exchangesQuerySchema = z.object({
  since: z.coerce.number().int().nonnegative(),
  until: z.coerce.number().int().nonnegative(),
  afterAt: z.coerce.number().int().optional(),
  afterId: z.string().max(64).optional(),
});
export type ExchangesQuery = z.infer<typeof exchangesQuerySchema>;

const word = z.string().optional();
const figure = z.number().optional();

const exchangeSchema = z.object({
  id: z.string(),
  startedAt: z.number(),
  providerId: z.string(),
  agentId: z.string(),
  accountKey: word,
  operation: z.enum(['chat', 'count-tokens', 'models', 'probe', 'other']),
  dialect: z.enum(['anthropic-messages', 'openai-chat', 'openai-responses', 'gemini']).optional(),
  modelRequested: word,
  modelServed: word,
  streamed: z.boolean().optional(),
  outcome: z.enum(['completed', 'refused', 'upstream-failed', 'aborted', 'absorbed']),
  status: figure,
  firstByteMs: figure,
  durationMs: z.number(),
  requestBytes: z.number(),
  responseBytes: z.number(),
  usage: z
    .object({
      inputTokens: z.number(),
      cacheReadTokens: z.number(),
      cacheWriteTokens: z.number(),
      outputTokens: z.number(),
      reasoningTokens: z.number(),
      exactness: z.enum(['reported', 'estimated', 'partial']),
    })
    .optional(),
  stopReason: word,
  policyCode: word,
  kind: z.enum(['main', 'sub-agent', 'scheduled', 'overhead']).optional(),
  sessionKey: word,
  workspaceKey: word,
  seenBy: z.literal('transcript').optional(),
  errorCode: word,
  errorType: word,
});

const pageSchema = z.object({
  exchanges: z.array(exchangeSchema),
  next: z.object({ afterAt: z.number(), afterId: z.string() }).optional(),
});

/** A page as the relay sends it; undefined where the text is none. Never throws. */
export function readExchangePage(text: string): ExchangePage | undefined {
  try {
    const { exchanges, next } = pageSchema.parse(JSON.parse(text));
    // JSON leaves undefined fields out; the type has them.
    return { exchanges: exchanges as ExchangePage['exchanges'], next };
  } catch {
    return undefined;
  }
}
