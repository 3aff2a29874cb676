import type { ConfirmedStrike, StrikeCount } from './strike.ts';

/** Refusals that belong together: one act of the provider, however often an agent asked again. */
export interface PolicyEvent {
  /** Every code that was answered, first one first. */
  readonly codes: readonly string[];
  readonly firstAt: number;
  readonly lastAt: number;
  readonly refusals: number;
}

/** Where an account stands, as a Snapshot tells it: the provider's own words, and our flags apart from them. */
export interface StrikeView extends Pick<StrikeCount, 'confirmed' | 'moreThan' | 'note'> {
  /** Single refusals behind the confirmed events. */
  readonly refusals: number;
  readonly lastAt: number | undefined;
  readonly lastCode: string | undefined;
  /** Open flags of our own, the newest 200: risks, no strikes. `not-judged` where nothing judged the requests. */
  readonly ownFlags: number | 'not-judged';
}

/** A policy stop is answered to every request while it lasts: answers this close together are one event. */
const SPELL_MS = 3_600_000;

/** The events of one account, oldest first, from its refusals in any order. */
export function policyEvents(refusals: readonly Pick<ConfirmedStrike, 'at' | 'code'>[]): readonly PolicyEvent[] {
  const events: PolicyEvent[] = [];
  for (const { at, code } of refusals.toSorted((a, b) => a.at - b.at)) {
    const last = events.at(-1);
    if (last === undefined || at - last.lastAt >= SPELL_MS) {
      events.push({ codes: [code], firstAt: at, lastAt: at, refusals: 1 });
    } else {
      const codes = last.codes.includes(code) ? last.codes : [...last.codes, code];
      events[events.length - 1] = { ...last, codes, lastAt: at, refusals: last.refusals + 1 };
    }
  }
  return events;
}
