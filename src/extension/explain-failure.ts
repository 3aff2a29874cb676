import type { Explanation } from '../core/incident.ts';
import { explainIncident } from '../explain/explain-incident.ts';
import { readFailure } from '../explain/read-failure.ts';
import { readErrorBody } from '../providers/error-envelope.ts';
import { errorCatalogues } from '../providers/errors/list.ts';

/** What a code, an error body or a line of a terminal means, with nothing known of what was going on around it. Never throws. */
export function explainText(given: string, providerId: string | undefined, now: number): Explanation {
  const text = given.trim();
  const failure = readFailure(
    text,
    { readError: readErrorBody, catalogues: errorCatalogues },
    { providerId, status: undefined, now },
  );
  return explainIncident(failure, { now }, errorCatalogues);
}
