import * as z from 'zod';

/** Body of `POST judge` (see judge-call.ts). A prompt is read to 100,000 characters. */
export const judgeAskSchema = z.object({
  agentId: z.string().min(1).max(60),
  providerId: z.string().min(1).max(60),
  kind: z.enum(['user-turn', 'sub-agent', 'scheduled', 'side']),
  text: z.string().max(100_000),
  tools: z.array(z.string().max(80)).max(100).default([]),
  session: z.string().max(200).optional(),
});
