import type { Report, ReportAccount, ReportFailure } from '../../src/core/report.ts';

export const T0 = Date.UTC(2026, 8, 7, 12, 0, 0);
const owner = { providerId: 'zai', accountKey: 'account-one' };

export function aFailure(change: Partial<ReportFailure> = {}): ReportFailure {
  return {
    ...owner,
    id: '01',
    at: T0,
    agentId: 'cline',
    agentProduct: 'Cline/3.2.1',
    operation: 'chat',
    model: 'glm-5.3',
    outcome: 'completed',
    status: 429,
    code: '1313',
    type: undefined,
    message: 'Fair Usage Policy',
    requestId: '20260907-aa',
    policyCode: '1313',
    inFlight: 3,
    perMinute: 12,
    ...change,
  };
}

export const ACCOUNT: ReportAccount = {
  ...owner,
  providerName: 'Z.AI',
  planId: 'glm-pro',
  planName: 'GLM Coding Plan Pro',
  strikes: {
    confirmed: 1,
    refusals: 4,
    lastAt: T0,
    lastCode: '1313',
    moreThan: 3,
    note: 'The provider publishes no counter.',
    ownFlags: 'not-judged',
  },
  policyEvents: [{ codes: ['1313'], firstAt: T0 - 60_000, lastAt: T0, refusals: 4 }],
};

/** A report of one account with one policy stop. */
export function aReport(change: Partial<Report> = {}): Report {
  return {
    schema: 'planward.report.v1',
    at: T0 + 60_000,
    since: T0 - 7 * 86_400_000,
    until: T0 + 60_001,
    complete: true,
    accounts: [ACCOUNT],
    counts: [
      {
        ...owner,
        day: '2026-09-07',
        agentId: 'cline',
        model: 'glm-5.3',
        result: 'completed',
        requests: 40,
        inputTokens: 1000,
        outputTokens: 200,
      },
      {
        ...owner,
        day: '2026-09-07',
        agentId: 'cline',
        model: 'glm-5.3',
        result: 'failed',
        requests: 4,
        inputTokens: 0,
        outputTokens: 0,
      },
      {
        ...owner,
        day: '2026-09-07',
        agentId: 'cline',
        model: 'glm-5.3',
        result: 'refused',
        requests: 2,
        inputTokens: 0,
        outputTokens: 0,
      },
    ],
    load: [{ ...owner, requests: 44, peakInFlight: 3, peakInFlightAt: T0, peakPerMinute: 12, peakPerMinuteAt: T0 }],
    groups: [
      {
        ...owner,
        status: 429,
        code: '1313',
        type: undefined,
        message: 'Fair Usage Policy',
        count: 4,
        firstAt: T0 - 60_000,
        lastAt: T0,
      },
    ],
    failures: [aFailure()],
    failureCount: 4,
    ...change,
  };
}
