import type { IncidentView } from '../../src/core/snapshot.ts';
import { explainIncident } from '../../src/explain/explain-incident.ts';
import { readFailure } from '../../src/explain/read-failure.ts';
import { readErrorBody } from '../../src/providers/error-envelope.ts';
import { errorCatalogues } from '../../src/providers/errors/list.ts';
import { NOW } from './snapshots.ts';

/** Nine refusals of one turn within 40 s, explained by the engine itself. */
export function incident(over: Partial<IncidentView> = {}, code = '1302'): IncidentView {
  const startedAt = NOW - 60_000;
  const failure = readFailure(
    JSON.stringify({ error: { code, message: 'Rate limit reached for requests' } }),
    { readError: readErrorBody, catalogues: errorCatalogues },
    { providerId: 'zai', status: 429, now: startedAt },
  );
  const context = { inFlight: 3, acceptedInFlight: 1, refusals: { count: 9, overMs: 40_000 }, now: startedAt };
  return {
    id: '01K0000000000000000000000A',
    providerId: 'zai',
    accountKey: 'a1',
    agentId: 'claude-code',
    model: 'glm-4.7',
    startedAt,
    lastAt: startedAt + 40_000,
    openUntil: startedAt + 160_000,
    attempts: 9,
    turns: 1,
    recoveredAt: undefined,
    timeline: [
      { id: '1', at: startedAt, turnKey: 't', status: 429, outcome: 'refused' },
      { id: '2', at: startedAt + 40_000, turnKey: 't', status: 200, outcome: 'passed' },
    ],
    explanation: explainIncident(failure, context, errorCatalogues),
    ...over,
  };
}
