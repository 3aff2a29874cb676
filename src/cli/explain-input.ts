import type { FailureContext } from '../core/incident.ts';

export interface ExplainInput {
  /** The error itself, to be read by `readFailure`. */
  readonly text: string;
  readonly status: number | undefined;
  readonly providerId: string | undefined;
  readonly context: FailureContext;
}

/**
 * What was given to `planward explain`: a text as it is, or a JSON object that wraps an error with what was going on around it:
 * `{"body": "…" or {…}, "status": 429, "provider": "…", "context": {"inFlight": 3, …}}`. `context` has the names and units of
 * core's FailureContext; a part of another kind is left out. Never throws.
 */
export function readExplainInput(given: string): ExplainInput {
  const wrapped = parse(given);
  const body = wrapped?.['body'] ?? wrapped?.['code'];
  if (
    wrapped === undefined ||
    body === undefined ||
    (wrapped['context'] === undefined && wrapped['body'] === undefined)
  ) {
    return { text: given, status: undefined, providerId: undefined, context: {} };
  }
  const { status, provider } = wrapped;
  return {
    text: typeof body === 'string' ? body : JSON.stringify(body),
    status: typeof status === 'number' ? status : undefined,
    providerId: typeof provider === 'string' ? provider : undefined,
    context: readContext(wrapped['context']),
  };
}

type Kind = 'number' | 'boolean' | 'string' | 'object' | 'array';

/** Names of the context that may be given, and what they must be. */
const KINDS: Readonly<Record<keyof FailureContext, Kind>> = {
  inFlight: 'number',
  requestsPerMinute: 'number',
  acceptedInFlight: 'number',
  sideRequests: 'number',
  lone: 'string',
  refusedForMs: 'number',
  passedMeanwhile: 'number',
  windows: 'array',
  peak: 'object',
  platform: 'object',
  identity: 'object',
  clientAlwaysRefused: 'boolean',
  otherClientsPass: 'boolean',
  toolSupport: 'string',
  offScopeFlags: 'number',
  policyStops: 'object',
  endpoint: 'string',
  keyKind: 'string',
  keyWorkedOn: 'array',
  now: 'number',
  planEndsAt: 'number',
  clockSkewMs: 'number',
  outboundProxy: 'boolean',
  refusals: 'object',
  providerName: 'string',
  agentName: 'string',
  model: 'string',
  timeZone: 'string',
};

function readContext(value: unknown): FailureContext {
  if (typeof value !== 'object' || value === null) return {};
  const given = Object.entries(value).filter(([name, part]) => isOf(part, KINDS[name as keyof FailureContext]));
  return Object.fromEntries(given);
}

function isOf(value: unknown, kind: Kind | undefined): boolean {
  if (kind === 'array') return Array.isArray(value) && value.every((each) => each !== null);
  if (kind === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return kind !== undefined && typeof value === kind;
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
