import type { ErrorCode, Remedy } from '../core/error-code.ts';
import type { Failure, FailureContext, Likelihood, RankedCause } from '../core/incident.ts';
import { causes } from './causes/list.ts';

/** More are not read. Those that only a start speaks for go first. */
const MOST = 7;
/** Below this a cause is worth nothing to anybody, unless something was found that speaks of it. */
const LEAST_SCORE = 0.1;
const LEAST_WITH_EVIDENCE = 0.005;

/**
 * Causes of a failure, most likely first, never empty. A cause is considered where the code or its class gives it a start. One
 * that the code itself names stands first and is `stated`. Words by score: from 0.6 likely, from 0.25 possible, else unlikely.
 */
export function rankCauses(failure: Failure, context: FailureContext, code: ErrorCode): readonly RankedCause[] {
  const ranked: RankedCause[] = [];
  for (const cause of causes) {
    const stated = code.states === cause.id;
    const start = code.starts?.[cause.id] ?? cause.starts[code.class];
    if (start === undefined && !stated) continue;
    const found = cause.weigh(failure, context, code);
    const odds = found.reduce((sum, { weight }) => sum + weight, start ?? 0);
    const score = stated ? 1 : 1 / (1 + Math.exp(-odds));
    ranked.push({
      cause: cause.id,
      name: cause.name,
      likelihood: stated ? 'stated' : word(score),
      score: Math.round(score * 1000) / 1000,
      speaksFor: found.filter(({ weight }) => weight > 0).map(({ text }) => text),
      speaksAgainst: found.filter(({ weight }) => weight < 0).map(({ text }) => text),
      remedies: cause.remedies,
    });
  }
  const sorted = ranked.toSorted((a, b) => b.score - a.score);
  const kept = sorted.filter(
    (cause, i) => i === 0 || cause.score >= (hasEvidence(cause) ? LEAST_WITH_EVIDENCE : LEAST_SCORE),
  );
  while (kept.length > MOST) {
    const bare = kept.findLastIndex((cause) => !hasEvidence(cause));
    kept.splice(bare > 0 ? bare : kept.length - 1, 1);
  }
  return kept;
}

function hasEvidence({ speaksFor, speaksAgainst }: RankedCause): boolean {
  return speaksFor.length + speaksAgainst.length > 0;
}

function word(score: number): Likelihood {
  if (score >= 0.6) return 'likely';
  return score >= 0.25 ? 'possible' : 'unlikely';
}

/**
 * What to do, at most five, one of each kind: what the first cause asks for, then what the code says, then what other causes ask
 * for that are at least possible. Where the code states its cause, its own words come first.
 */
export function chooseRemedies(code: ErrorCode, ranked: readonly RankedCause[]): readonly Remedy[] {
  const [first, ...others] = ranked;
  const ofFirst = first?.remedies ?? [];
  const ofOthers = others.filter(({ score }) => score >= 0.25).flatMap(({ remedies }) => remedies);
  const ordinary =
    first?.likelihood === 'stated' ||
    ofFirst.every(({ action }) => code.remedies.some((each) => each.action === action));
  const inOrder = ordinary ? [...code.remedies, ...ofFirst, ...ofOthers] : [...ofFirst, ...code.remedies, ...ofOthers];
  const chosen = new Map<string, Remedy>();
  for (const remedy of inOrder) if (!chosen.has(remedy.action)) chosen.set(remedy.action, remedy);
  return [...chosen.values()].slice(0, 5);
}
