import { describe, expect, test } from 'vitest';
import type { Explanation, FailureContext } from '../../src/core/incident.ts';
import { explainIncident } from '../../src/explain/explain-incident.ts';
import { readFailure } from '../../src/explain/read-failure.ts';
import { readErrorBody } from '../../src/providers/error-envelope.ts';
import { errorCatalogues } from '../../src/providers/errors/list.ts';
import { scriptedIncidents } from './incidents/list.ts';
import { fiveHours, HOUR, NOW, type ScriptedIncident } from './incidents/scripted-incident.ts';
import { isWhole, textsIn } from './texts.ts';

function explain({ body, provider, status, context }: ScriptedIncident): Explanation {
  const deps = { readError: readErrorBody, catalogues: errorCatalogues };
  const failure = readFailure(body, deps, { providerId: provider, status, now: NOW });
  return explainIncident(failure, { now: NOW, ...context }, errorCatalogues);
}

/** What a relay knows on an ordinary day; nothing of it explains anything. */
const ORDINARY: FailureContext = {
  inFlight: 1,
  requestsPerMinute: 3,
  sideRequests: 0,
  refusedForMs: 1_000,
  windows: fiveHours(0.3),
  peak: { now: false },
  platform: { modelsAsked: 1, modelsRefused: 1, otherProvidersFailing: 0 },
  identity: { gatedPhrase: undefined },
  toolSupport: 'supported',
  offScopeFlags: 0,
  endpoint: 'plan',
  keyWorkedOn: ['here'],
  planEndsAt: NOW + 40 * 24 * HOUR,
  clockSkewMs: 200,
  outboundProxy: false,
  agentName: 'An agent',
  providerName: 'A provider',
};

function shareRight(given: (context: FailureContext) => FailureContext): readonly [share: number, wrong: string] {
  const wrong = scriptedIncidents.flatMap((incident) => {
    const first = explain({ ...incident, context: given(incident.context) }).causes[0]?.cause;
    return first === incident.firstCause ? [] : [`${incident.story}: ${first} instead of ${incident.firstCause}`];
  });
  return [1 - wrong.length / scriptedIncidents.length, wrong.join('\n')];
}

describe('scripted incidents', () => {
  test('are at least forty, each with a story of its own', () => {
    expect(scriptedIncidents.length).toBeGreaterThanOrEqual(40);
    expect(new Set(scriptedIncidents.map(({ story }) => story)).size).toBe(scriptedIncidents.length);
  });

  test.each(scriptedIncidents.map((incident) => [incident.story, incident] as const))('%s', (_story, incident) => {
    const explanation = explain(incident);
    expect(explanation.code).toBe(incident.code);
    const texts = textsIn(explanation);
    expect(texts.filter(([, text]) => !isWhole(text))).toEqual([]);
    expect(explanation.causes.map(({ score }) => score)).toEqual(
      explanation.causes.map(({ score }) => score).toSorted((a, b) => b - a),
    );
    expect(explanation.remedies.length).toBeGreaterThan(0);
  });

  test('have the right cause first in at least 95 of 100', () => {
    const [share, wrong] = shareRight((context) => context);
    expect(share, wrong).toBeGreaterThanOrEqual(0.95);
  });

  test('keep it where all the rest is known too, and ordinary', () => {
    const [share, wrong] = shareRight((context) => ({ ...ORDINARY, ...context }));
    expect(share, wrong).toBeGreaterThanOrEqual(0.95);
  });
});
