import type { ErrorCatalogue, ErrorClass } from '../core/error-code.ts';
import type { Attempt, Failure, FailureContext, Incident, TimelineEntry } from '../core/incident.ts';
import { explainIncident } from './explain-incident.ts';
import { mergeContexts } from './merge-contexts.ts';
import { recognise } from './recognise.ts';

/** Longest silence between two tries of a known agent is 40 s; one that was told to wait waits up to 100 s. */
const QUIET_MS = 120_000;
/** States of an account or a setting: agents run into them again and again, and it stays one matter. */
const LASTING_QUIET_MS = 3_600_000;
const LASTING: ReadonlySet<ErrorClass> = new Set([
  'window-exhausted',
  'plan-config',
  'policy-stop',
  'client-not-allowed',
]);

const MOST_PRODUCTS = 4;
const FIRST_ENTRIES = 20;
const LAST_ENTRIES = 40;

/**
 * Folds attempts into incidents, oldest first: the failures of one account, agent and model with the same code that follow one
 * another without a long silence (two minutes; an hour for what lasts, or until the reset the error names) are one incident, so
 * that the retries of a turn are one. A try that went through ends nothing by itself, since limits of this kind let some pass; it
 * is kept in the time line where it belongs to a turn that was refused.
 *
 * `before` holds incidents of earlier calls: folding in any batch size gives the same. Attempts must come in order of time. Pure.
 */
export function foldIncidents(
  attempts: readonly Attempt[],
  catalogues: readonly ErrorCatalogue[],
  before: readonly Incident[] = [],
): readonly Incident[] {
  const incidents = [...before];
  for (const attempt of attempts) {
    const { failure } = attempt;
    const at = incidents.findLastIndex((incident) => belongs(attempt, incident, catalogues));
    if (failure === undefined) {
      const incident = incidents[at];
      if (incident !== undefined) incidents[at] = recover(incident, attempt);
    } else if (at === -1) incidents.push(begin(attempt, failure, catalogues));
    else incidents[at] = grow(incidents[at]!, attempt, failure, catalogues);
  }
  return incidents;
}

function belongs(attempt: Attempt, incident: Incident, catalogues: readonly ErrorCatalogue[]): boolean {
  if (attempt.at > incident.openUntil) return false;
  const same =
    attempt.providerId === incident.providerId &&
    attempt.accountKey === incident.accountKey &&
    attempt.agentId === incident.agentId &&
    attempt.model === incident.model;
  if (!same) return false;
  if (attempt.failure === undefined) {
    return (
      attempt.turnKey !== undefined &&
      incident.timeline.some((entry) => entry.outcome === 'refused' && entry.turnKey === attempt.turnKey)
    );
  }
  return codeOf(attempt.failure, catalogues) === incident.explanation.code;
}

function codeOf(failure: Failure, catalogues: readonly ErrorCatalogue[]): string {
  return recognise(failure, catalogues)?.code.code ?? failure.code ?? failure.type ?? 'unknown';
}

function begin(attempt: Attempt, failure: Failure, catalogues: readonly ErrorCatalogue[]): Incident {
  const context = { ...attempt.context, now: attempt.at, refusals: { count: 1, overMs: 0 } };
  const explanation = explainIncident(failure, context, catalogues);
  return {
    id: attempt.id,
    providerId: attempt.providerId,
    accountKey: attempt.accountKey,
    agentId: attempt.agentId,
    ...named([], attempt),
    model: attempt.model,
    startedAt: attempt.at,
    lastAt: attempt.at,
    openUntil: openUntil(attempt.at, explanation.class, explanation.retryAt),
    attempts: 1,
    turns: 1,
    recoveredAt: undefined,
    timeline: [entryOf(attempt)],
    failure,
    context,
    explanation,
  };
}

function grow(incident: Incident, attempt: Attempt, failure: Failure, catalogues: readonly ErrorCatalogue[]): Incident {
  const attempts = incident.attempts + 1;
  const overMs = attempt.at - incident.startedAt;
  const context: FailureContext = {
    ...mergeContexts(incident.context, attempt.context),
    now: attempt.at,
    refusals: { count: attempts, overMs },
  };
  // The newest answer holds the newest reset; the words are the same.
  const explanation = explainIncident(failure, context, catalogues);
  const knownTurn =
    attempt.turnKey === undefined ||
    incident.timeline.some((entry) => entry.turnKey === undefined || entry.turnKey === attempt.turnKey);
  return {
    ...incident,
    ...named(incident.products ?? [], attempt),
    lastAt: attempt.at,
    openUntil: openUntil(attempt.at, explanation.class, explanation.retryAt),
    attempts,
    turns: incident.turns + (knownTurn ? 0 : 1),
    recoveredAt: undefined,
    timeline: appended(incident.timeline, entryOf(attempt)),
    failure,
    context,
    explanation,
  };
}

/** Agents are updated while an incident lasts, and then it has two versions. */
function named(before: readonly string[], { product }: Attempt): Pick<Incident, 'products'> {
  const products = [...new Set(product === undefined ? before : [...before, product])].slice(-MOST_PRODUCTS);
  return products.length === 0 ? {} : { products };
}

function recover(incident: Incident, attempt: Attempt): Incident {
  return { ...incident, recoveredAt: attempt.at, timeline: appended(incident.timeline, entryOf(attempt)) };
}

function openUntil(at: number, errorClass: ErrorClass, retryAt: number | undefined): number {
  if (!LASTING.has(errorClass)) return at + QUIET_MS;
  return Math.max(at + LASTING_QUIET_MS, retryAt ?? 0);
}

function entryOf(attempt: Attempt): TimelineEntry {
  return {
    id: attempt.id,
    at: attempt.at,
    turnKey: attempt.turnKey,
    status: attempt.failure?.status,
    outcome: attempt.failure === undefined ? 'passed' : 'refused',
  };
}

function appended(timeline: readonly TimelineEntry[], entry: TimelineEntry): readonly TimelineEntry[] {
  const all = [...timeline, entry];
  if (all.length <= FIRST_ENTRIES + LAST_ENTRIES) return all;
  return [...all.slice(0, FIRST_ENTRIES), ...all.slice(-LAST_ENTRIES)];
}
