import type { Exchange } from '../../src/core/exchange.ts';
import type { RateLimit } from '../../src/core/rate-limit.ts';

export const T0 = Date.UTC(2026, 8, 7, 12, 0, 0);

/** An exchange with every field filled; `id` sorts by `n`. */
export function anExchange(n: number, change: Partial<Exchange> = {}): Exchange {
  return {
    id: `01J${String(n).padStart(23, '0')}`,
    startedAt: T0 + n * 1000,
    providerId: 'zai',
    agentId: 'cline',
    accountKey: 'account-one',
    operation: 'chat',
    dialect: 'anthropic-messages',
    modelRequested: 'glm-5',
    modelServed: 'glm-5.1',
    streamed: true,
    requestReading: 'read',
    outcome: 'completed',
    status: 200,
    firstByteMs: 120.5,
    durationMs: 800.25,
    requestBytes: 2048,
    responseBytes: 4096,
    usage: {
      inputTokens: 100,
      cacheReadTokens: 60,
      cacheWriteTokens: 5,
      outputTokens: 20,
      reasoningTokens: 7,
      exactness: 'reported',
    },
    stopReason: 'end_turn',
    kind: 'main',
    sessionKey: 'session-one',
    workspaceKey: 'folder-one',
    error: undefined,
    limits: [],
    ...change,
  };
}

/** One reading of an allowance. */
export function aLimit(change: Partial<RateLimit> = {}): RateLimit {
  return {
    policy: 'credits-5h',
    unit: 'credits',
    limit: 12_000,
    remaining: 4560,
    used: 7440,
    usedFraction: 0.62,
    windowMs: 18_000_000,
    resetsAt: T0 + 5_280_000,
    model: undefined,
    seenAt: T0,
    source: 'usage-api',
    ...change,
  };
}
