import * as z from 'zod';

const text = z.object({ en: z.string(), zh: z.string() });
const known = z.number().optional();
const word = z.string().optional();

const remedy = z.object({
  // A newer relay may know more: what this version cannot offer as a button is shown as its text.
  action: z.string(),
  text,
  url: z.string().optional(),
});

const source = z.object({ url: z.string(), readOn: z.string(), doubt: z.string().optional() });

const explanation = z.object({
  code: z.string(),
  known: z.boolean(),
  class: z.string(),
  title: text,
  headline: text,
  why: text,
  causes: z.array(
    z.object({
      cause: z.string(),
      name: text,
      likelihood: z.enum(['stated', 'likely', 'possible', 'unlikely']),
      score: z.number(),
      speaksFor: z.array(text),
      speaksAgainst: z.array(text),
      remedies: z.array(remedy),
    }),
  ),
  remedies: z.array(remedy),
  notKnown: z.array(text),
  retry: z.object({ advice: z.string(), text }),
  retryAt: known,
  page: word,
  links: z.array(z.string()),
  sources: z.array(source),
  raw: z.string(),
});

/** An incident as it crosses the line to windows and the command line. */
export const incidentSchema = z.object({
  id: z.string(),
  providerId: z.string(),
  accountKey: word,
  agentId: z.string(),
  products: z.array(z.string()).optional(),
  model: word,
  startedAt: z.number(),
  lastAt: z.number(),
  openUntil: z.number(),
  attempts: z.number(),
  turns: z.number(),
  recoveredAt: known,
  timeline: z.array(
    z.object({
      id: z.string(),
      at: z.number(),
      turnKey: word,
      status: known,
      outcome: z.enum(['refused', 'passed']),
    }),
  ),
  explanation,
});
