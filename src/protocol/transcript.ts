import * as z from 'zod';
import type { Transcript } from '../core/transcript.ts';
import { evidenceListSchema } from './hold.ts';

const known = z.number().optional();
const word = z.string().optional();

export const transcriptViewSchema = z.object({
  id: z.string(),
  agentId: z.string(),
  providerId: z.string(),
  workspaceKey: word,
  firstAt: z.number(),
  lastAt: z.number(),
  turns: z.number(),
  flags: z.number(),
  revision: z.number(),
});

const turnSchema = z.object({
  id: z.string(),
  startedAt: z.number(),
  kind: word,
  modelRequested: word,
  modelServed: word,
  outcome: z.enum(['completed', 'refused', 'upstream-failed', 'aborted', 'absorbed']),
  status: known,
  durationMs: z.number(),
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
  errorCode: word,
  characters: known,
  text: word,
  verdict: z
    .object({
      decision: z.enum(['in-scope', 'unsure', 'out-of-scope']),
      pOffScope: z.number(),
      reason: z.string(),
      category: word,
      packId: z.string(),
      packVersion: z.string(),
      ruleId: word,
      evidence: evidenceListSchema,
    })
    .optional(),
  flagIds: z.array(z.string()),
});

/** Query of `GET turns`. */
export const turnsQuerySchema = z.object({ id: z.string().min(1).max(300) });

const transcriptSchema = z.object({ view: transcriptViewSchema, turns: z.array(turnSchema) });

/** A transcript from untrusted text; undefined where it is none. Never throws. */
export function readTranscript(text: string): Transcript | undefined {
  try {
    const parsed = transcriptSchema.safeParse(JSON.parse(text));
    return parsed.success ? (parsed.data as Transcript) : undefined;
  } catch {
    return undefined;
  }
}
