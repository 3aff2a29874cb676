import type { AccountView, AgentView, ExchangeView, Snapshot } from '../../src/core/snapshot.ts';
import type { QuotaWindow } from '../../src/core/quota-window.ts';

/** 22 Nov 2026 12:37 UTC, a Sunday. */
export const NOW = Date.UTC(2026, 10, 22, 12, 37);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function quotaWindow(over: Partial<QuotaWindow> = {}): QuotaWindow {
  return {
    id: 'five-hour',
    unit: 'credits',
    kind: 'fixed',
    windowMs: 5 * HOUR,
    limit: 12_000,
    used: 7440,
    usedFraction: 0.62,
    resetsAt: NOW + 88 * MINUTE,
    model: undefined,
    level: 'ok',
    basis: 'both',
    source: 'usage-api',
    seenAt: NOW - 2 * MINUTE,
    ledgerUsed: 7400,
    disagreement: -0.003,
    ...over,
  };
}

export const week = (over: Partial<QuotaWindow> = {}): QuotaWindow =>
  quotaWindow({
    id: 'week',
    windowMs: 7 * DAY,
    limit: undefined,
    used: undefined,
    usedFraction: 0.23,
    resetsAt: NOW + 3 * DAY + 20 * HOUR + 35 * MINUTE,
    ledgerUsed: undefined,
    disagreement: undefined,
    basis: 'provider',
    ...over,
  });

export function account(over: Partial<AccountView> = {}): AccountView {
  return {
    accountKey: 'a1',
    providerId: 'zai',
    providerName: 'Z.AI',
    planId: 'glm-coding-pro',
    planName: 'GLM Coding Plan Pro',
    shortName: 'GLM',
    windows: [quotaWindow(), week()],
    peak: { now: true, untilAt: NOW + 83 * MINUTE },
    poll: { state: 'ok', reason: undefined, lastAt: NOW - 2 * MINUTE, nextAt: NOW + 3 * MINUTE },
    lastSeenAt: NOW - 4000,
    inFlight: 0,
    ...over,
  };
}

export function agent(over: Partial<AgentView> = {}): AgentView {
  return {
    agentId: 'claude-code',
    agentName: 'Claude Code',
    providerId: 'zai',
    lastSeenAt: NOW - 4000,
    inFlight: 1,
    requests: 42,
    paused: false,
    held: 0,
    ...over,
  };
}

export function exchange(over: Partial<ExchangeView> = {}): ExchangeView {
  return {
    id: '01J00000000000000000000001',
    startedAt: NOW - 65_000,
    providerId: 'zai',
    agentId: 'claude-code',
    operation: 'chat',
    modelRequested: 'glm-4.7',
    modelServed: 'glm-4.7',
    outcome: 'completed',
    status: 200,
    durationMs: 3240,
    firstByteMs: 410,
    usage: {
      inputTokens: 12_345,
      cacheReadTokens: 10_000,
      cacheWriteTokens: 0,
      outputTokens: 456,
      reasoningTokens: 0,
      exactness: 'reported',
    },
    error: undefined,
    ...over,
  };
}

export function snapshot(over: Partial<Snapshot> = {}): Snapshot {
  return {
    schema: 'planward.status.v1',
    at: NOW,
    relay: { version: '0.1.0', pid: 4711, port: 7526, startedAt: NOW - 2 * HOUR, draining: false },
    accounts: [account()],
    agents: [agent()],
    recent: [exchange()],
    inFlight: 1,
    exchanges: 42,
    incidents: [],
    flags: [],
    paced: [],
    stopped: [],
    ledger: { state: 'ok', path: '/home/sam/.planward/ledger.db' },
    notices: [],
    ...over,
  };
}
