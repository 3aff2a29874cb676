import { rulesInForce, type PolicyMoment, type PolicyPack, type Severity } from '../core/policy-pack.ts';
import type { SeenSignal, Signal } from '../core/request-facts.ts';
import type { Finding } from '../core/verdict.ts';

/**
 * Rules in force that name a signal which was seen, one finding each, in the pack's order. A signal that no rule of these
 * terms names gives nothing. What is only possible counts one severity less: an innocent cause looks the same.
 */
export function wayFindings(pack: PolicyPack, moment: PolicyMoment, seen: readonly SeenSignal[]): readonly Finding[] {
  if (seen.length === 0) return [];
  return rulesInForce(pack, moment).flatMap((rule): readonly Finding[] => {
    const { match } = rule;
    if (match.by !== 'signal') return [];
    const [first] = seen
      .filter(({ signal }) => match.anyOf.includes(signal))
      .toSorted((a, b) => Number(b.confidence === 'likely') - Number(a.confidence === 'likely'));
    if (first === undefined) return [];
    return [
      {
        ruleId: rule.id,
        severity: first.confidence === 'likely' ? rule.severity : LESS[rule.severity],
        because: first.confidence === 'likely' ? SIGNAL_SAYS[first.signal] : `possibly: ${SIGNAL_SAYS[first.signal]}`,
        confidence: first.confidence,
        evidence: first.evidence.map((feature) => ({ feature, weight: 0, where: 'way' })),
      },
    ];
  });
}

const LESS: Readonly<Record<Severity, Severity>> = { serious: 'warning', warning: 'info', info: 'info' };

/** A signal as a clause. */
export const SIGNAL_SAYS: Readonly<Record<Signal, string>> = {
  unattended: 'nobody was there: a timer or a job sent it',
  batch: 'many requests of one shape came in a short time',
  'raw-api': 'a bare SDK or HTTP client sent it, not a coding tool',
  forwarded: 'it passed another gateway before it came here',
  'several-people': 'several people use one credential',
  'foreign-login': 'one program used the login of another',
};
