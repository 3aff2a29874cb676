import * as z from 'zod';
import { guardSchema } from './guard.ts';
import { holdDefaultSchema, holdSecondsSchema, scopeModesSchema } from './hold.ts';

const loopbackOrHttps = z
  .url({ protocol: /^https?$/, abort: true })
  .refine((value) => new URL(value).pathname === '/' || !value.endsWith('/'), {
    message: 'must not end in a slash',
  });

/** Base address of an OTLP/HTTP receiver; empty: off. */
const collector = z.union([z.literal(''), z.url({ protocol: /^https?$/ })]);

const dollars = z.number().nonnegative();
const modelPrice = z.object({
  input: dollars,
  output: dollars,
  cachedInput: dollars.optional(),
  cacheWrite: dollars.optional(),
});
const accountNames = z.record(z.string(), z.string().max(60));
const prices = z.record(z.string().min(1), modelPrice);

/** What a user can set for the relay. Kept in `settings.json` of the home; a command-line flag wins over it. */
export const relaySettingsSchema = z.object({
  /** Provider id -> origin (and optional base path) it is re-pointed to. */
  upstreams: z.record(z.string(), loopbackOrHttps).default({}),
  /** Provider id -> plan id, where the user told it. */
  plans: z.record(z.string(), z.string()).default({}),
  /** Provider id -> whether its usage endpoint may be asked. Absent: asked once the provider was seen. */
  pollUsage: z.record(z.string(), z.boolean()).default({}),
  /** Account key (as `planward status` shows it) -> what the user calls the account. */
  accounts: accountNames.default({}),
  /** Model -> US dollars per million tokens, before the prices that come with Planward. */
  prices: prices.default({}),
  /** Agents that are pointed at this relay: while there is one, the relay stays. */
  routedAgents: z.array(z.string()).default([]),
  retentionDays: z.int().min(1).max(3660).default(400),
  /** Agents whose requests are held until they are resumed. */
  pausedAgents: z.array(z.string()).default([]),
  /** Providers whose requests are queued per key and model; opt-in. */
  pacedProviders: z.array(z.string()).default([]),
  /** Whether the pacer also waits out short rate refusals before an agent sees them. */
  absorbRefusals: z.boolean().default(true),
  /** Provider id, or `<provider>/<plan>`, -> what is done about turns outside its terms; absent: observe. */
  modes: scopeModesSchema.default({}),
  /**
   * Whether agents' own files are read for turns the relay did not carry: figures only, or (`turns`) also what persons asked, which
   * is judged and stays in memory; opt-in.
   */
  transcripts: z.enum(['off', 'usage', 'turns']).default('off'),
  /** How long a held turn waits for the user's word, and what becomes of it then. */
  holdSeconds: holdSecondsSchema.default(60),
  holdDefault: holdDefaultSchema.default('send'),
  /** Whether transcripts may show what was asked: in the relay's memory only, never on disk. */
  storeExcerpts: z.boolean().default(false),
  /** How readily a turn is called out of scope. */
  scopeSensitivity: z.enum(['low', 'normal', 'high']).default('normal'),
  /** Files and folders of policy packs the user wrote, beside those in the home. */
  policyPacks: z.array(z.string().max(1000)).max(50).default([]),
  /** Provider id -> the user's own limits below the provider's; opt-in. */
  guards: z.record(z.string(), guardSchema).default({}),
  /** The user's own OpenTelemetry collector (OTLP over HTTP), which gets figures of every exchange; opt-in. */
  otelEndpoint: collector.default(''),
  /** Longest time in seconds that the pacer, a guard or a pause holds one request. */
  maxWaitSeconds: z.int().min(5).max(600).default(60),
});
export type RelaySettings = z.infer<typeof relaySettingsSchema>;
export const relaySettingsPatchSchema = z.object({
  upstreams: z.record(z.string(), loopbackOrHttps).optional(),
  plans: z.record(z.string(), z.string()).optional(),
  pollUsage: z.record(z.string(), z.boolean()).optional(),
  accounts: accountNames.optional(),
  prices: prices.optional(),
  routedAgents: z.array(z.string()).optional(),
  retentionDays: z.int().min(1).max(3660).optional(),
  pausedAgents: z.array(z.string()).optional(),
  pacedProviders: z.array(z.string()).optional(),
  absorbRefusals: z.boolean().optional(),
  modes: scopeModesSchema.optional(),
  transcripts: z.enum(['off', 'usage', 'turns']).optional(),
  holdSeconds: holdSecondsSchema.optional(),
  holdDefault: holdDefaultSchema.optional(),
  storeExcerpts: z.boolean().optional(),
  scopeSensitivity: z.enum(['low', 'normal', 'high']).optional(),
  policyPacks: z.array(z.string().max(1000)).max(50).optional(),
  guards: z.record(z.string(), guardSchema).optional(),
  otelEndpoint: collector.optional(),
  maxWaitSeconds: z.int().min(5).max(600).optional(),
});
export type RelaySettingsPatch = z.infer<typeof relaySettingsPatchSchema>;
