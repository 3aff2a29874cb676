import type { FailureContext } from '../../../src/core/incident.ts';
import type { QuotaWindow } from '../../../src/core/quota-window.ts';

/** One made-up incident: what arrived, what was going on, and what an experienced person would name first. */
export interface ScriptedIncident {
  readonly story: string;
  readonly provider: string;
  readonly status?: number;
  /** The answer's text as it arrived, or as it was pasted. */
  readonly body: string;
  readonly context: FailureContext;
  readonly code: string;
  readonly firstCause: string;
}

/** Sunday 22 November 2026, 08:00 UTC: 16:00 in UTC+8. */
export const NOW = Date.UTC(2026, 10, 22, 8);

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

const REQUEST = '20261122160000a1b2c3d4e5f60718';

/** The GLM error as its OpenAI-style endpoint writes it. */
export function openaiShape(code: string, message: string): string {
  return JSON.stringify({ error: { code, message } });
}

/** The GLM error as its Anthropic-style endpoint writes it. */
export function anthropicShape(code: string, message: string, type = 'rate_limit_error'): string {
  return JSON.stringify({
    type: 'error',
    error: { type, code, message: `[${code}][${message}][${REQUEST}]` },
    request_id: REQUEST,
  });
}

/** A five-hour window with this share used. */
export function fiveHours(usedFraction: number): readonly QuotaWindow[] {
  return [
    {
      id: 'five-hour',
      unit: 'credits',
      kind: 'rolling',
      windowMs: 5 * HOUR,
      limit: 12_000,
      used: 12_000 * usedFraction,
      usedFraction,
      resetsAt: NOW + 2 * HOUR,
      model: undefined,
      level: usedFraction >= 1 ? 'exhausted' : usedFraction > 0.9 ? 'low' : 'ok',
      basis: 'provider',
      source: 'usage-api',
      seenAt: NOW - 2 * MINUTE,
      ledgerUsed: undefined,
      disagreement: undefined,
    },
  ];
}

export const RATE = 'Rate limit reached for requests';
export const OVERLOADED = 'The service may be temporarily overloaded, please try again later';
export const FAIR_USE =
  "Your account's current usage pattern does not comply with the Fair Usage Policy, and your request frequency has been limited. For details, please refer to the Subscription Service Agreement. To restore access, please submit a request.";
