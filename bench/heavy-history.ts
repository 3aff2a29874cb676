import type { Exchange } from '../src/core/exchange.ts';
import type { Burn } from '../src/core/usage.ts';

/** Accounts in use at once, the first with most traffic. */
export const HEAVY_ACCOUNTS = [
  { providerId: 'zai', planId: 'glm-max', models: ['glm-5.3', 'glm-4.7', 'glm-5.3-flash'] },
  { providerId: 'bigmodel', planId: 'glm-pro', models: ['glm-5.3', 'glm-4.7'] },
  { providerId: 'anthropic', planId: 'claude-max-20x', models: ['claude-opus-5', 'claude-haiku-4-5'] },
] as const;
const AGENTS = ['claude-code', 'cline', 'openclaw'];

const QUARTER_MS = 15 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
const FINE_MS = 6 * 60 * 60_000;

/** 35 days without a pause, as the ledger gives them: quarter hours, and minutes in the last six hours. */
export function heavyHistory(now: number): Burn[] {
  const burns: Burn[] = [];
  for (const account of HEAVY_ACCOUNTS) {
    for (let at = now - 35 * DAY_MS; at < now; at += at < now - FINE_MS ? QUARTER_MS : 60_000) {
      for (const model of account.models) for (const agentId of AGENTS) burns.push(burnAt(account, model, agentId, at));
    }
  }
  return burns;
}

function burnAt(account: (typeof HEAVY_ACCOUNTS)[number], model: string, agentId: string, minuteAt: number): Burn {
  return {
    minuteAt,
    providerId: account.providerId,
    accountKey: 'heavy',
    model,
    agentId,
    requests: 3,
    inputTokens: 2_000,
    cacheReadTokens: 1_500,
    cacheWriteTokens: 0,
    outputTokens: 20,
  };
}

/** One more request of the busiest account. */
export function heavyExchange(startedAt: number, serial: number) {
  const { providerId, models } = HEAVY_ACCOUNTS[0];
  const opened = { id: String(serial), startedAt, providerId, accountKey: 'heavy', agentId: 'cline' };
  const exchange: Exchange = {
    ...opened,
    operation: 'chat',
    dialect: 'openai-chat',
    modelRequested: models[0],
    modelServed: models[0],
    streamed: true,
    requestReading: 'read',
    outcome: 'completed',
    status: 200,
    firstByteMs: 1,
    durationMs: 100,
    requestBytes: 1,
    responseBytes: 1,
    usage: {
      inputTokens: 2_000,
      cacheReadTokens: 1_500,
      cacheWriteTokens: 0,
      outputTokens: 20,
      reasoningTokens: 0,
      exactness: 'reported',
    },
    stopReason: undefined,
    error: undefined,
    limits: [],
  };
  return { opened, exchange };
}
