import { rulesInForce, standingOf, type PolicyMoment, type PolicyPack, type Rule } from '../core/policy-pack.ts';
import type { RequestFacts } from '../core/request-facts.ts';
import type { Decision, Evidence, Finding, Verdict, VerdictReason } from '../core/verdict.ts';
import { categoryOf } from './category.ts';
import { codeEvidence, createContextReader } from './context.ts';
import { SHAPE } from './feature-hash.ts';
import { CAP } from './features.ts';
import { isFollowUp } from './follow-up.ts';
import type { Taught } from './taught.ts';
import type { TextModel } from './text-model.ts';
import { SIGNAL_SAYS } from './way-findings.ts';

/** How readily a turn is called out of scope. */
export type Sensitivity = 'low' | 'normal' | 'high';

export interface JudgeOptions extends PolicyMoment {
  readonly sensitivity?: Sensitivity;
  /** Log-odds that a turn of this user is off-scope before anything is read; 0 is even. */
  readonly prior?: number;
  /** Prompts the user called coding. */
  readonly taught?: Taught;
}

export type Judge = (facts: RequestFacts, pack: PolicyPack, options: JudgeOptions) => Verdict;

/** Log-odds from which a turn is out of scope; set on the development set and three others (docs/scope-model.md). */
const OUT_FROM: Readonly<Record<Sensitivity, number>> = { low: 2.8, normal: 1.8, high: 0.8 };
/**
 * Added for Chinese, where short turns about software are mistaken more easily, and others are caught more easily; not where a
 * general agent without coding tools asks.
 */
const OUT_FROM_CHINESE = 0.7;
/** Log-odds up to which it is in scope. */
const IN_UP_TO = -0.2;
const TEXT_LIMIT = 6;
/** Few words prove little: towards out of scope the wording counts up to this and so much more for each word (half for a Han character). */
const FEW_WORDS = 0.25;
const EACH_WORD = 0.75;
const PREVIOUS_LIMIT = 3;
/** A coding client's turn is only called out of scope where its wording alone says this much. */
const PLAIN_TEXT = 5;
const DECAY = 0.7;
/** Of an earlier turn this many characters are read. */
const EARLIER_CAP = 500;
/** Tools and client alone stop nothing: wording and earlier turns have to lean the same way by this much. */
const LEANS_FROM = 0;
/** Above this, wording and earlier turns say nothing either way. */
const SAYS_NOTHING_FROM = -0.5;
/** Tools and client that leave little doubt: a general agent with no coding tools. */
const PLAIN_CONTEXT = 2.5;
/** The same for languages the model cannot read well. */
const LEANS_FROM_FOREIGN = 0.4;

/**
 * Makes the judge: facts of one request and a policy pack in, a verdict out. Pure but for scratch memory; never throws.
 *
 * First match decides:
 *
 * | case | decision | reason |
 * | --- | --- | --- |
 * | side request, no text | unsure | not-judged |
 * | no task rule in force | in-scope | no-task-rule |
 * | sum <= -0.2 | in-scope | taught, sum |
 * | resembles what the user called coding | unsure | taught |
 * | sum below the threshold | unsure | follow-up, language, weak |
 * | follow-up and no earlier turn | unsure | follow-up |
 * | neither English nor Chinese, and context does not speak against it | unsure | language |
 * | wording and earlier turns say nothing, and a general agent without coding tools asks | out-of-scope | context-only |
 * | wording and earlier turns do not speak against it | unsure | context-only |
 * | tools and client speak for coding and the wording is not plain | unsure | text-only |
 * | else | out-of-scope | sum |
 */
export function createJudge(model: TextModel): Judge {
  const readContext = createContextReader();
  return (facts, pack, options) => {
    const rules = rulesInForce(pack, options);
    const task = rules.find(({ match }) => match.by === 'task');
    const touched = rules.flatMap((rule) => findingOf(rule, facts, pack));
    const verdict = (
      decision: Decision,
      reason: VerdictReason,
      score: number,
      evidence: readonly Evidence[],
    ): Verdict => {
      const findings =
        decision === 'out-of-scope' && task !== undefined
          ? [{ ruleId: task.id, severity: task.severity, because: 'the task is not coding' }, ...touched]
          : touched;
      return {
        decision,
        pOffScope: 1 / (1 + Math.exp(-score)),
        score,
        reason,
        category: decision === 'in-scope' || reason === 'not-judged' ? undefined : categoryOf(facts.text),
        packId: pack.id,
        packVersion: pack.version,
        ruleId: task?.id,
        findings: findings.toSorted((a, b) => SEVERITY[b.severity] - SEVERITY[a.severity]),
        evidence: evidence.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)),
      };
    };

    if (facts.turn === 'side' || facts.text.trim() === '') return verdict('unsure', 'not-judged', 0, []);

    const evidence: Evidence[] = [];
    const add = (term: Evidence): number => {
      if (term.weight !== 0) evidence.push(term);
      return term.weight;
    };
    let score = 0;
    if (options.prior !== undefined) score += add({ feature: 'prior', weight: options.prior, where: 'setting' });

    const followUp = isFollowUp(facts.text);
    let before = 0;
    let decay = followUp ? 1 : 0.4;
    for (const turn of (facts.previous ?? []).slice(0, 3)) {
      if (turn.trim() === '' || isFollowUp(turn)) continue;
      const earlier = model.score(turn.slice(0, EARLIER_CAP));
      before += clip(earlier.logOdds, TEXT_LIMIT) * languageShare(earlier.language, earlier.coverage) * decay;
      decay *= DECAY;
    }
    // Last, so that its words can be named without reading it again.
    const read = model.score(facts.text);
    const { language, units } = read;
    const share = languageShare(language, read.coverage) * (followUp ? 0.2 : units <= 1.5 ? 0.6 : 1);
    const wording = Math.min(clip(read.logOdds, TEXT_LIMIT), FEW_WORDS + EACH_WORD * units) * share;
    score += wording;
    const capped = facts.text.length > CAP ? facts.text.slice(0, CAP) : facts.text;
    for (const term of codeEvidence(facts, capped, read.shapes[SHAPE.fence]!)) score += add(term);
    before = clip(before, PREVIOUS_LIMIT);
    score += add({ feature: 'earlier turns', weight: before, where: 'previous' });

    let context = 0;
    for (const term of readContext(facts)) context += add(term);
    score += context;

    const taught = options.taught?.likeness(facts.text) ?? 0;
    if (taught > 0)
      score += add({
        feature: 'you called this coding',
        weight: -(TEXT_LIMIT + PREVIOUS_LIMIT) * taught,
        where: 'setting',
      });

    const [decision, reason] = decide();
    if (decision === 'in-scope') add({ feature: 'wording', weight: wording, where: 'text' });
    else evidence.push(...wordingTerms(model, facts.text, wording, share));
    return verdict(decision, reason, score, evidence);

    function decide(): readonly [Decision, VerdictReason] {
      if (task === undefined) return ['in-scope', 'no-task-rule'];
      if (score <= IN_UP_TO) return ['in-scope', taught > 0 ? 'taught' : 'sum'];
      if (taught > 0) return ['unsure', 'taught']; // the user's word stands against any sum
      const orphan = followUp && before === 0;
      const foreign = language === 'other' && context < 1;
      const chinese = language === 'zh' && context < PLAIN_CONTEXT ? OUT_FROM_CHINESE : 0;
      if (score < OUT_FROM[options.sensitivity ?? 'normal'] + chinese) {
        return ['unsure', orphan ? 'follow-up' : foreign ? 'language' : 'weak'];
      }
      if (orphan) return ['unsure', 'follow-up'];
      if (foreign) return ['unsure', 'language'];
      const leaning = wording + before;
      if (leaning <= (language === 'other' ? LEANS_FROM_FOREIGN : LEANS_FROM)) {
        // Told as a flag where context is plain and wording says nothing either way; nothing acts on this reason.
        if (language !== 'other' && leaning > SAYS_NOTHING_FROM && context >= PLAIN_CONTEXT) {
          return ['out-of-scope', 'context-only'];
        }
        return ['unsure', 'context-only'];
      }
      if (context <= -1.5 && Math.max(wording, before) < PLAIN_TEXT) return ['unsure', 'text-only'];
      return ['out-of-scope', 'sum'];
    }
  };
}

const SEVERITY = { info: 0, warning: 1, serious: 2 } as const;

function clip(value: number, limit: number): number {
  return value > limit ? limit : value < -limit ? -limit : value;
}

/** How much the wording counts: little where the model cannot read the language. */
function languageShare(language: 'en' | 'zh' | 'other', coverage: number): number {
  if (language === 'other') return 0.45;
  return Math.min(1, 0.4 + coverage * 0.75);
}

/** The loudest words one by one and the rest as one term; together they are the weight of the wording. */
function wordingTerms(model: TextModel, text: string, weight: number, share: number): readonly Evidence[] {
  const towards = weight < 0 ? -1 : 1;
  let rest = weight;
  const terms: Evidence[] = [];
  for (const term of model.explain(text, towards, 4)) {
    const part = term.weight * share;
    if (Math.abs(part) > Math.abs(rest)) break;
    rest -= part;
    const feature = text.slice(term.start, term.end);
    terms.push({ feature, weight: part, where: 'text', start: term.start, end: term.end });
  }
  return rest === 0 ? terms : [...terms, { feature: 'wording', weight: rest, where: 'text' }];
}

function findingOf(rule: Rule, facts: RequestFacts, pack: PolicyPack): readonly Finding[] {
  const { match } = rule;
  const finding = (because: string): readonly Finding[] => [{ ruleId: rule.id, severity: rule.severity, because }];
  switch (match.by) {
    case 'task':
      return [];
    case 'tool': {
      const standing = standingOf(pack, facts.client);
      if (standing === undefined || !match.standing.includes(standing)) return [];
      return finding(`${facts.client} is ${STANDING[standing]} in these terms`);
    }
    case 'signal': {
      const seen = match.anyOf.find((signal) => facts.signals?.includes(signal) === true);
      return seen === undefined ? [] : finding(SIGNAL_SAYS[seen]);
    }
    default:
      match satisfies never;
      return [];
  }
}

const STANDING = {
  supported: 'a supported tool',
  'best-effort': 'served on a best-effort basis',
  unsupported: 'named as not supported',
  unlisted: 'not named as a supported tool',
} as const;
