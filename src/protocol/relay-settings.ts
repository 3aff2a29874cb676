import * as z from 'zod';

const loopbackOrHttps = z
  .url({ protocol: /^https?$/, abort: true })
  .refine((value) => new URL(value).pathname === '/' || !value.endsWith('/'), {
    message: 'must not end in a slash',
  });

/** What a user can set for the relay. Kept in `settings.json` of the home; a command-line flag wins over it. */
export const relaySettingsSchema = z.object({
  /** Provider id -> origin (and optional base path) it is re-pointed to. */
  upstreams: z.record(z.string(), loopbackOrHttps).default({}),
  /** Provider id -> plan id, where the user told it. */
  plans: z.record(z.string(), z.string()).default({}),
  /** Provider id -> whether its usage endpoint may be asked. Absent: asked once the provider was seen. */
  pollUsage: z.record(z.string(), z.boolean()).default({}),
  /** Agents that are pointed at this relay: while there is one, the relay stays. */
  routedAgents: z.array(z.string()).default([]),
  retentionDays: z.int().min(1).max(3660).default(400),
});
export type RelaySettings = z.infer<typeof relaySettingsSchema>;
export const relaySettingsPatchSchema = z.object({
  upstreams: z.record(z.string(), loopbackOrHttps).optional(),
  plans: z.record(z.string(), z.string()).optional(),
  pollUsage: z.record(z.string(), z.boolean()).optional(),
  routedAgents: z.array(z.string()).optional(),
  retentionDays: z.int().min(1).max(3660).optional(),
});
export type RelaySettingsPatch = z.infer<typeof relaySettingsPatchSchema>;
