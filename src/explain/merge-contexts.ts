import type { FailureContext } from '../core/incident.ts';

/**
 * What is known around an incident after one more of its failures. Counts that explain it keep their highest value, since the
 * first refusal of a burst is the telling one and its retries come alone; what describes the present (a lone request, windows,
 * peak hours) is the newest. Unknown never hides known. Pure.
 */
export function mergeContexts(earlier: FailureContext, later: FailureContext): FailureContext {
  const newest: FailureContext = { ...earlier, ...withoutUnknown(later) };
  return {
    ...newest,
    inFlight: highest(earlier.inFlight, later.inFlight),
    requestsPerMinute: highest(earlier.requestsPerMinute, later.requestsPerMinute),
    acceptedInFlight: highest(earlier.acceptedInFlight, later.acceptedInFlight),
    sideRequests: highest(earlier.sideRequests, later.sideRequests),
    refusedForMs: highest(earlier.refusedForMs, later.refusedForMs),
    passedMeanwhile: highest(earlier.passedMeanwhile, later.passedMeanwhile),
    identity: earlier.identity?.gatedPhrase === undefined ? newest.identity : earlier.identity,
  };
}

function highest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.max(a, b);
}

function withoutUnknown(context: FailureContext): FailureContext {
  return Object.fromEntries(Object.entries(context).filter(([, value]) => value !== undefined));
}
