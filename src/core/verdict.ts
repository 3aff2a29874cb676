import type { SignalConfidence } from './request-facts.ts';

/** Three-way answer. `unsure` is an honest one: nothing acts on it. */
export type Decision = 'in-scope' | 'unsure' | 'out-of-scope';

/** What a prompt is about, in words people read, where it is not coding. */
export type Category =
  | 'email'
  | 'calendar'
  | 'shopping'
  | 'travel'
  | 'general-qa'
  | 'writing'
  | 'roleplay'
  | 'translation'
  | 'health'
  | 'finance'
  | 'media'
  | 'home'
  | 'jobs';

/** Where a term of the sum was found; `way`: how a request comes, which is no term of a sum and weighs 0. */
export type EvidencePlace = 'text' | 'previous' | 'tools' | 'client' | 'system' | 'setting' | 'way';

/** One readable term of the log-odds sum. Above 0 speaks for out of scope, below 0 for coding. */
export interface Evidence {
  /** Stable word or the words found: `plan a trip`, `code fence`, `coding tools`. */
  readonly feature: string;
  /** Log-odds. */
  readonly weight: number;
  readonly where: EvidencePlace;
  /** UTF-16 offsets in the newest turn, for terms found there. */
  readonly start?: number;
  readonly end?: number;
}

/**
 * Why the decision is what it is.
 *
 * | reason | when |
 * | --- | --- |
 * | `not-judged` | a side request, or an empty text |
 * | `taught` | the user said that prompts like this are coding |
 * | `no-task-rule` | the terms in force say nothing about tasks |
 * | `follow-up` | a short answer with nothing before it to go by |
 * | `language` | neither English nor Chinese, and no context |
 * | `context-only` | only tools and client speak against it; text does not. Never acted on, whatever the decision |
 * | `text-only` | the text speaks against it, tools and client for coding |
 * | `weak` | the sum is between the two thresholds |
 * | `sum` | the sum is beyond a threshold |
 */
export type VerdictReason =
  | 'not-judged'
  | 'taught'
  | 'no-task-rule'
  | 'follow-up'
  | 'language'
  | 'context-only'
  | 'text-only'
  | 'weak'
  | 'sum';

/** A rule that a request touches. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: 'info' | 'warning' | 'serious';
  /** One plain English clause: what was seen. */
  readonly because: string;
  /** Only for rules on the way a request comes. */
  readonly confidence?: SignalConfidence;
  /** What speaks for it, for rules on the way a request comes; those on tasks have the verdict's own. */
  readonly evidence?: readonly Evidence[];
}

/** What the scope engine says of one request: a risk under published terms, not the provider's verdict. */
export interface Verdict {
  readonly decision: Decision;
  /** Calibrated probability that the task is not coding, 0..1. */
  readonly pOffScope: number;
  /** Log-odds behind it. */
  readonly score: number;
  readonly reason: VerdictReason;
  /** What it is about; absent where the decision is in-scope or nothing tells. */
  readonly category: Category | undefined;
  readonly packId: string;
  /** Date of the pack, `2026-09-07`. */
  readonly packVersion: string;
  /** The task rule that the decision speaks of; absent where no task rule is in force. */
  readonly ruleId: string | undefined;
  /** Every rule touched, the task rule included where the decision is out-of-scope; most severe first. */
  readonly findings: readonly Finding[];
  /** Largest first, by magnitude. */
  readonly evidence: readonly Evidence[];
}
