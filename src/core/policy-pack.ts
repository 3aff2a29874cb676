import type { Source } from './plan.ts';
import type { ClientKind, RequestFacts, Signal } from './request-facts.ts';

export type Severity = 'info' | 'warning' | 'serious';

/**
 * How a request is seen to touch a rule.
 * - `task`: what is asked for is not coding.
 * - `tool`: the client is known and the pack's tool list does not name it (`standing` unlisted) or names it so.
 * - `signal`: one of these was seen.
 */
export type RuleMatch =
  | { readonly by: 'task' }
  | { readonly by: 'tool'; readonly standing: readonly ToolStanding[] }
  | { readonly by: 'signal'; readonly anyOf: readonly Signal[] };

export type ToolStanding = 'supported' | 'best-effort' | 'unsupported' | 'unlisted';

/** A client as a vendor's terms name it. */
export interface NamedTool {
  /** Agent id, `claude-code`. */
  readonly id: string;
  readonly name: string;
  readonly kind: ClientKind;
  readonly standing: Exclude<ToolStanding, 'unlisted'>;
}

/** A request that must or must not touch its rule. Conformance tests run it. */
export interface RuleExample extends RequestFacts {
  /** What it shows, one clause. */
  readonly shows: string;
  /** The same in Simplified Chinese. */
  readonly zh?: string;
}

/** What a rule says to people, in one language. */
export interface RuleWords {
  /** Two or three words for lists. */
  readonly title: string;
  /** What it says, one sentence of ours. */
  readonly says: string;
  /** Where and how to object. */
  readonly appeal: string;
  /** What is known of its being enforced, with dates. */
  readonly enforcement: string;
  /** What the user can do. */
  readonly advice: string;
  /** Of the source's doubt. */
  readonly doubt?: string;
}

/** One sentence of a vendor's terms, as dated data. */
export interface Rule extends RuleWords {
  /** Unique in its pack: `task-scope`, `tool-scope:2026-05`. */
  readonly id: string;
  /** The vendor's words, at most 25 (80 characters in Chinese or Japanese). */
  readonly quote: string;
  readonly source: Source;
  readonly severity: Severity;
  readonly match: RuleMatch;
  /** First ISO date this wording was seen; absent where not known. */
  readonly from?: string;
  /** First ISO date on which another wording stood in its place; absent while it stands. */
  readonly until?: string;
  /** Provider ids it holds for; all of the pack's where absent. */
  readonly providers?: readonly string[];
  /** Plan generations it holds for; all where absent. */
  readonly generations?: readonly string[];
  readonly mustMatch: readonly RuleExample[];
  readonly mustNotMatch: readonly RuleExample[];
  /** The same in Simplified Chinese; absent in a pack that has none. */
  readonly zh?: RuleWords;
}

/** A vendor's terms. One file each in `policies/`. */
export interface PolicyPack {
  readonly id: string;
  /** `GLM Coding Plan` */
  readonly name: string;
  /** Who speaks in the terms: `Z.AI`. */
  readonly vendor: string;
  readonly providers: readonly string[];
  /** Date the terms were last read, `2026-09-07`. */
  readonly version: string;
  readonly tools: readonly NamedTool[];
  readonly rules: readonly Rule[];
  /** Violations after which the terms threaten a ban; absent where no number is published. */
  readonly strikes?: { readonly moreThan: number; readonly note: string };
  /** Absent from the terms but asked about often; plain sentences. */
  readonly notKnown: readonly string[];
  /** The same in Simplified Chinese; absent in a pack that has none. */
  readonly zh?: { readonly notKnown: readonly string[]; readonly strikes?: string };
}

/** Which wording to judge by. */
export interface PolicyMoment {
  readonly now: number;
  readonly providerId?: string;
  readonly generation?: string;
}

const DAY_MS = 86_400_000;
/** Terms change several times a year: an older reading is said to be old. */
export const STALE_AFTER_DAYS = 90;

/** Rules in force at a moment, in the pack's order. A moment without provider or generation leaves none out for that. */
export function rulesInForce(pack: PolicyPack, moment: PolicyMoment): readonly Rule[] {
  const today = new Date(moment.now).toISOString().slice(0, 10);
  return pack.rules.filter((rule) => {
    if (rule.from !== undefined && today < rule.from) return false;
    if (rule.until !== undefined && today >= rule.until) return false;
    if (!named(rule.providers, moment.providerId)) return false;
    return named(rule.generations, moment.generation);
  });
}

function named(list: readonly string[] | undefined, value: string | undefined): boolean {
  return list === undefined || value === undefined || list.includes(value);
}

/** Days since the pack was read, and whether that is too long ago to rely on. */
export function packAge(pack: PolicyPack, now: number): { readonly days: number; readonly stale: boolean } {
  const days = Math.max(0, Math.floor((now - Date.parse(pack.version)) / DAY_MS));
  return { days, stale: days > STALE_AFTER_DAYS };
}

/** How the pack's terms speak of a client; undefined where nobody knows who the client is. */
export function standingOf(pack: PolicyPack, client: string | undefined): ToolStanding | undefined {
  if (client === undefined || client === '' || client === 'unknown') return undefined;
  return pack.tools.find(({ id }) => id === client)?.standing ?? 'unlisted';
}
