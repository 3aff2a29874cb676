import { describe, expect, test } from 'vitest';
import type { Explanation } from '../../src/core/incident.ts';
import { explainIncident } from '../../src/explain/explain-incident.ts';
import { readFailure } from '../../src/explain/read-failure.ts';
import { readErrorBody } from '../../src/providers/error-envelope.ts';
import { errorCatalogues } from '../../src/providers/errors/list.ts';
import { scriptedIncidents } from './incidents/list.ts';
import { NOW, type ScriptedIncident } from './incidents/scripted-incident.ts';
import { isWhole, textsIn } from './texts.ts';

function explain({ body, provider, status, context }: ScriptedIncident): Explanation {
  const deps = { readError: readErrorBody, catalogues: errorCatalogues };
  const failure = readFailure(body, deps, { providerId: provider, status, now: NOW });
  return explainIncident(failure, { now: NOW, ...context }, errorCatalogues);
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
    const wrong = scriptedIncidents.flatMap((incident) => {
      const first = explain(incident).causes[0]?.cause;
      return first === incident.firstCause ? [] : [`${incident.story}: ${first} instead of ${incident.firstCause}`];
    });
    expect(1 - wrong.length / scriptedIncidents.length, wrong.join('\n')).toBeGreaterThanOrEqual(0.95);
  });
});
