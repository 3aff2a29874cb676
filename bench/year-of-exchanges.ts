import type { Exchange } from '../src/core/exchange.ts';
import type { RateLimit } from '../src/core/rate-limit.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BATCH = 1000;
const AGENTS = ['claude-code', 'cline', 'openclaw'];
const MODELS = ['glm-5.3', 'glm-4.7', 'glm-5.3-flash'];
const KINDS = ['main', 'sub-agent', 'overhead'] as const;

export const YEAR_ACCOUNT = { providerId: 'zai', accountKey: 'year' } as const;

/** A year of exchanges of one account, oldest first, without a quiet hour: three agents, three models, a session an hour. */
export function* yearOfExchanges(count: number, now: number): Generator<readonly Exchange[]> {
  const from = now - 365 * DAY_MS;
  let serial = 0;
  while (serial < count) {
    const batch: Exchange[] = [];
    for (; batch.length < BATCH && serial < count; serial++) {
      batch.push(exchangeAt(serial, Math.floor(from + (serial / count) * 365 * DAY_MS)));
    }
    yield batch;
  }
}

function exchangeAt(serial: number, startedAt: number): Exchange {
  const refused = serial % 97 === 0;
  return {
    id: serial.toString(36).padStart(26, '0').toUpperCase(),
    startedAt,
    ...YEAR_ACCOUNT,
    agentId: AGENTS[serial % 3]!,
    operation: 'chat',
    dialect: 'anthropic-messages',
    modelRequested: MODELS[(serial >> 2) % 3],
    modelServed: MODELS[(serial >> 2) % 3],
    streamed: true,
    requestReading: 'read',
    outcome: 'completed',
    status: refused ? 429 : 200,
    firstByteMs: 400,
    durationMs: 4000,
    requestBytes: 40_000,
    responseBytes: 8000,
    usage: refused
      ? undefined
      : {
          inputTokens: 20_000 + (serial % 7) * 1000,
          cacheReadTokens: 15_000,
          cacheWriteTokens: 0,
          outputTokens: 500,
          reasoningTokens: 0,
          exactness: 'reported',
        },
    stopReason: undefined,
    error: refused ? { code: '1302', type: undefined, message: 'rate limit', inStream: false } : undefined,
    kind: KINDS[serial % 5 === 0 ? 2 : serial % 4 === 0 ? 1 : 0],
    sessionKey: `session-${Math.floor(startedAt / (2 * HOUR_MS))}`,
    workspaceKey: `folder-${Math.floor(startedAt / (9 * DAY_MS)) % 5}`,
    limits: serial % 10 === 0 ? [limitAt(startedAt, 5 * HOUR_MS), limitAt(startedAt, 7 * DAY_MS)] : [],
  };
}

function limitAt(seenAt: number, windowMs: number): RateLimit {
  const startedAt = Math.floor(seenAt / windowMs) * windowMs;
  return {
    policy: `credits-${windowMs}`,
    unit: 'credits',
    limit: 12_000,
    remaining: undefined,
    used: undefined,
    usedFraction: ((seenAt - startedAt) / windowMs) * 0.9,
    windowMs,
    resetsAt: startedAt + windowMs,
    model: undefined,
    seenAt,
    source: 'header',
  };
}
