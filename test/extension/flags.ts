import type { Flag } from '../../src/core/flag.ts';
import { NOW } from './snapshots.ts';

/** A turn of OpenClaw about a trip, two minutes ago, let through. */
export function flag(over: Partial<Flag> = {}): Flag {
  return {
    id: '01FLAG',
    at: NOW - 120_000,
    exchangeId: '01EXCHANGE',
    providerId: 'zai',
    accountKey: 'acc',
    agentId: 'openclaw',
    ruleId: 'task-scope',
    severity: 'warning',
    packId: 'zai',
    packVersion: '2026-09-07',
    decision: 'out-of-scope',
    pOffScope: 0.97,
    category: 'travel',
    because: 'the task is not coding',
    evidence: [
      { feature: 'plan a trip', weight: 2.1, where: 'text', start: 0, end: 11 },
      { feature: 'hotel', weight: 1.4, where: 'text', start: 30, end: 35 },
    ],
    acted: 'passed',
    ...over,
  };
}
