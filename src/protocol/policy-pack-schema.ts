import * as z from 'zod';
import type { PolicyPack } from '../core/policy-pack.ts';

const isoDate = z.iso.date();
const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9:.-]{0,63}$/, { message: 'lower-case letters, digits, "-", ":" and "."' });
const sentence = z.string().min(1).max(600);
const signal = z.enum(['unattended', 'batch', 'raw-api', 'forwarded', 'several-people', 'foreign-login']);

const example = z.object({
  shows: z.string().min(1).max(200).describe('What the example shows, one clause'),
  zh: z.string().min(1).max(200).optional().describe('The same in Simplified Chinese'),
  text: z.string().min(1).max(4000),
  previous: z.array(z.string().max(4000)).max(3).optional(),
  tools: z.array(z.string().max(200)).max(200).optional(),
  client: z.string().max(64).optional(),
  clientKind: z.enum(['coding', 'general', 'unknown']).optional(),
  system: z.string().max(4000).optional(),
  turn: z.enum(['user-turn', 'sub-agent', 'scheduled', 'side']).optional(),
  files: z.array(z.string().max(400)).max(50).optional(),
  signals: z.array(signal).max(6).optional(),
});

const words = z.object({
  title: z.string().min(1).max(60),
  says: sentence,
  appeal: sentence,
  enforcement: sentence,
  advice: sentence,
  doubt: sentence.optional(),
});

const rule = z.object({
  id: slug.describe('Unique in this pack'),
  title: z.string().min(1).max(60),
  says: sentence.describe('What the rule says, one sentence of yours'),
  quote: sentence
    .refine((quote) => quote.trim().split(/\s+/).length <= 25, { message: 'at most 25 words' })
    .describe('The vendor’s own words, at most 25'),
  source: z.object({ url: z.url({ protocol: /^https?$/ }), readOn: isoDate, doubt: sentence.optional() }),
  severity: z.enum(['info', 'warning', 'serious']),
  match: z.discriminatedUnion('by', [
    z.object({ by: z.literal('task') }),
    z.object({
      by: z.literal('tool'),
      standing: z.array(z.enum(['supported', 'best-effort', 'unsupported', 'unlisted'])).min(1),
    }),
    z.object({ by: z.literal('signal'), anyOf: z.array(signal).min(1) }),
  ]),
  from: isoDate.optional().describe('First day this wording was seen'),
  until: isoDate.optional().describe('First day another wording stood in its place'),
  providers: z.array(slug).min(1).optional(),
  generations: z.array(slug).min(1).optional(),
  mustMatch: z.array(example).min(1),
  mustNotMatch: z.array(example).min(1),
  appeal: sentence,
  enforcement: sentence,
  advice: sentence,
  zh: words.optional().describe('The same in Simplified Chinese'),
});

/** A policy pack as users write it: `policies/*.json` in Planward's home. */
export const policyPackSchema = z
  .object({
    $schema: z.string().optional(),
    id: slug,
    name: z.string().min(1).max(80),
    vendor: z.string().min(1).max(80),
    providers: z.array(slug).min(1),
    version: isoDate.describe('Day the terms were last read'),
    tools: z
      .array(
        z.object({
          id: slug,
          name: z.string().min(1).max(80),
          kind: z.enum(['coding', 'general', 'unknown']),
          standing: z.enum(['supported', 'best-effort', 'unsupported']),
        }),
      )
      .default([]),
    rules: z.array(rule).min(1).max(100),
    strikes: z.object({ moreThan: z.int().min(1), note: sentence }).optional(),
    notKnown: z.array(sentence).default([]),
    zh: z
      .object({ notKnown: z.array(sentence), strikes: sentence.optional() })
      .optional()
      .describe('The same in Simplified Chinese'),
  })
  .refine(({ rules }) => new Set(rules.map(({ id }) => id)).size === rules.length, {
    message: 'two rules have the same id',
    path: ['rules'],
  });

export type PackReading =
  | { readonly ok: true; readonly pack: PolicyPack }
  | { readonly ok: false; readonly message: string };

/** A user's pack from untrusted text; the message names the first field that is wrong. Never throws. */
export function readPolicyPack(text: string): PackReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, message: `it is not JSON (${(error as Error).message})` };
  }
  const parsed = policyPackSchema.safeParse(value);
  if (parsed.success) {
    const { $schema, ...pack } = parsed.data;
    void $schema;
    return { ok: true, pack: pack as PolicyPack };
  }
  const issue = parsed.error.issues[0];
  return { ok: false, message: `${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'not a policy pack'}` };
}
