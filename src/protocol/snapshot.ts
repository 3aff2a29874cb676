import * as z from 'zod';
import type { PolicyPack } from '../core/policy-pack.ts';
import { flagSchema } from './flag.ts';
import { policyPackSchema } from './policy-pack-schema.ts';
import { holdSchema, scopeModesSchema } from './hold.ts';
import { incidentSchema } from './incident.ts';
import { strikesSchema } from './report.ts';
import { transcriptViewSchema } from './transcript.ts';
import type { Snapshot } from '../core/snapshot.ts';

const known = z.number().optional();
const word = z.string().optional();

const usage = z.object({
  inputTokens: z.number(),
  cacheReadTokens: z.number(),
  cacheWriteTokens: z.number(),
  outputTokens: z.number(),
  reasoningTokens: z.number(),
  exactness: z.enum(['reported', 'estimated', 'partial']),
});

const limitSource = z.enum(['header', 'body', 'usage-api', 'statusline', 'transcript', 'ledger']);

const parts = z.array(z.object({ id: z.string(), fraction: z.number() }));

const cost = z.object({ usdMicros: known, complete: z.boolean(), unpriced: z.array(z.string()) });

const quotaWindow = z.object({
  id: z.string(),
  unit: z.enum(['requests', 'tokens', 'prompts', 'credits', 'usd-micros', 'share']),
  kind: z.enum(['rolling', 'fixed', 'calendar']),
  windowMs: known,
  limit: known,
  used: known,
  usedFraction: known,
  remaining: known,
  resetsAt: known,
  model: word,
  level: z.enum(['ok', 'watch', 'low', 'exhausted', 'unknown']),
  basis: z.enum(['provider', 'ledger', 'both', 'none']),
  source: limitSource.optional(),
  seenAt: known,
  ledgerUsed: known,
  disagreement: known,
  forecast: z
    .object({
      pace: z.number(),
      outlook: z.enum(['lasts', 'runs-out', 'unknown']),
      exhaustsAt: known,
      confidence: z.enum(['low', 'fair', 'good']),
      turnsLeft: known,
    })
    .optional(),
  sources: z.array(z.object({ source: limitSource, usedFraction: known, seenAt: z.number() })).optional(),
  attribution: z
    .object({
      of: z.enum(['used', 'seen']),
      elsewhere: known,
      byAgent: parts,
      byModel: parts,
      byKind: parts,
      bySession: parts.optional(),
      byWorkspace: parts.optional(),
    })
    .optional(),
  cost: cost.optional(),
  inUse: z.boolean().optional(),
});

const exchange = z.object({
  id: z.string(),
  startedAt: z.number(),
  providerId: z.string(),
  agentId: z.string(),
  operation: z.enum(['chat', 'count-tokens', 'models', 'probe', 'other']),
  modelRequested: word,
  modelServed: word,
  outcome: z.enum(['completed', 'refused', 'upstream-failed', 'aborted', 'absorbed']),
  status: known,
  durationMs: z.number(),
  firstByteMs: known,
  usage: usage.optional(),
  error: z.object({ code: word, type: word, message: z.string(), inStream: z.boolean() }).optional(),
});

/** Shape of a Snapshot on the wire; unknown fields of a newer relay are dropped, not refused. */
export const snapshotSchema = z.object({
  schema: z.literal('planward.status.v1'),
  at: z.number(),
  relay: z.object({
    version: z.string(),
    pid: z.number(),
    port: z.number(),
    startedAt: z.number(),
    draining: z.boolean(),
  }),
  accounts: z.array(
    z.object({
      accountKey: z.string(),
      label: word,
      providerId: z.string(),
      providerName: z.string(),
      planId: word,
      planName: word,
      shortName: z.string(),
      windows: z.array(quotaWindow),
      peak: z.object({ now: z.boolean(), untilAt: z.number() }).optional(),
      poll: z.object({
        state: z.enum(['off', 'waiting', 'ok', 'backing-off', 'paused']),
        reason: word,
        lastAt: known,
        nextAt: known,
      }),
      month: z.object({ startsAt: z.number(), cost }).optional(),
      rerouted: z
        .array(z.object({ requested: z.string(), served: z.string(), count: z.number(), lastAt: z.number() }))
        .optional(),
      strikes: strikesSchema.optional(),
      lastSeenAt: z.number(),
      inFlight: z.number(),
    }),
  ),
  agents: z.array(
    z.object({
      agentId: z.string(),
      agentName: z.string(),
      providerId: z.string(),
      lastSeenAt: z.number(),
      inFlight: z.number(),
      requests: z.number(),
      paused: z.boolean().default(false),
      held: z.number().default(0),
      ways: z
        .array(z.object({ way: z.enum(['relay', 'hook', 'statusline', 'transcript']), lastAt: z.number() }))
        .optional(),
    }),
  ),
  recent: z.array(exchange),
  inFlight: z.number(),
  exchanges: z.number(),
  incidents: z.array(incidentSchema).default([]),
  flags: z.array(flagSchema).default([]),
  userPacks: z.array(z.custom<PolicyPack>((pack) => policyPackSchema.safeParse(pack).success)).optional(),
  holds: z.array(holdSchema).optional(),
  modes: scopeModesSchema.optional(),
  transcripts: z.array(transcriptViewSchema).optional(),
  sessions: z
    .array(
      z.object({
        sessionKey: z.string(),
        agentId: z.string(),
        workspaceKey: word,
        firstAt: z.number(),
        lastAt: z.number(),
      }),
    )
    .optional(),
  workspaces: z.array(z.object({ workspaceKey: z.string(), name: word, lastAt: z.number() })).optional(),
  paced: z
    .array(
      z.object({
        providerId: z.string(),
        accountKey: z.string(),
        model: z.string(),
        slots: z.number(),
        inFlight: z.number(),
        waiting: z.number(),
        restUntilAt: z.number(),
      }),
    )
    .default([]),
  stopped: z
    .array(z.object({ providerId: z.string(), accountKey: z.string(), code: z.string(), since: z.number() }))
    .default([]),
  pacedProviders: z.array(z.string()).optional(),
  guarded: z
    .array(
      z.object({
        providerId: z.string(),
        accountKey: z.string(),
        stop: z.enum(['budget', 'peak']),
        windowId: word,
        untilAt: known,
        held: z.number(),
        lifted: z.boolean(),
      }),
    )
    .optional(),
  hooked: z
    .array(
      z.object({
        agentId: z.string(),
        agentName: z.string(),
        providerId: z.string(),
        lastSeenAt: z.number(),
        turns: z.number(),
        stopped: z.number(),
      }),
    )
    .optional(),
  turnFiles: z
    .object({
      state: z.enum(['off', 'reading', 'idle']),
      files: z.number(),
      bytes: z.number(),
      bytesRead: z.number(),
      turns: z.number(),
      matched: z.number(),
      lastAt: known,
    })
    .optional(),
  ledger: z.object({ state: z.enum(['ok', 'off']), path: z.string() }),
  notices: z.array(
    z.object({ code: z.string(), severity: z.enum(['info', 'warning', 'error']), text: z.string(), at: z.number() }),
  ),
});

/** A Snapshot from untrusted text; undefined where it is none. Never throws. */
export function readSnapshot(text: string): Snapshot | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = snapshotSchema.safeParse(value);
  return parsed.success ? (parsed.data as Snapshot) : undefined;
}
