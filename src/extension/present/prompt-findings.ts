import type { PolicyPack } from '../../core/policy-pack.ts';
import type { Evidence } from '../../core/verdict.ts';
import type { Judge, JudgeOptions } from '../../scope/judge.ts';
import { promptsIn, type FilePrompt } from '../../scope/prompts-in.ts';
import type { Taught } from '../../scope/taught.ts';
import { formatPercent } from './figures.ts';
import { formatDay, nameCategory } from './flag-words.ts';
import { plainText } from './plain-text.ts';
import type { Voice } from './voice.ts';

/** A prompt in a file that lies outside the terms. */
export interface PromptFinding {
  /** UTF-16 offsets in the file: the sentence that carries it. */
  readonly start: number;
  readonly end: number;
  /** The whole prompt. */
  readonly text: string;
  readonly message: string;
  /** `task-scope/travel` */
  readonly code: string;
  /** `zai/task-scope`: what `planward.explainRule` takes. */
  readonly rule: string;
}

/** What a file is held to. */
export interface PromptTerms {
  readonly judge: Judge;
  readonly pack: PolicyPack;
  readonly options: JudgeOptions;
  /** Prompts the user dismissed: the very same words are not shown again. */
  readonly dismissed: Taught;
}

export interface CheckedPrompts {
  readonly prompts: number;
  readonly findings: readonly PromptFinding[];
}

const SAME = 0.99;

/** Judges every prompt of a file, the two before it as context, as `planward check` does. */
export function findInPrompts(voice: Voice, content: string, fileName: string, terms: PromptTerms): CheckedPrompts {
  const prompts = promptsIn(content, fileName);
  const findings = prompts.flatMap((prompt, i): PromptFinding[] => {
    const previous = [prompts[i - 1]?.text, prompts[i - 2]?.text].filter((each) => each !== undefined);
    const verdict = terms.judge({ text: prompt.text, previous }, terms.pack, terms.options);
    const { decision, ruleId, category } = verdict;
    if (decision !== 'out-of-scope' || ruleId === undefined) return [];
    if (terms.dismissed.likeness(prompt.text) >= SAME) return [];
    return [
      {
        ...placeOf(content, prompt, verdict.evidence),
        text: prompt.text,
        message: sayFinding(voice, terms.pack, ruleId, verdict),
        code: category === undefined ? ruleId : `${ruleId}/${category}`,
        rule: `${terms.pack.id}/${ruleId}`,
      },
    ];
  });
  return { prompts: prompts.length, findings };
}

/** The sentence whose words weigh most against it; the whole prompt where it cannot be found in the file as it stands. */
function placeOf(content: string, prompt: FilePrompt, evidence: readonly Evidence[]): { start: number; end: number } {
  const whole = { start: prompt.start, end: prompt.end };
  let most = 0;
  let heaviest: string | undefined;
  for (const match of prompt.text.matchAll(/[^.!?。！？\n]+[.!?。！？]*/g)) {
    const ends = match.index + match[0].length;
    const weight = evidence
      .filter(({ where, start = -1 }) => where === 'text' && start >= match.index && start < ends)
      .reduce((sum, term) => sum + term.weight, 0);
    if (weight > most) [most, heaviest] = [weight, match[0].trim()];
  }
  if (heaviest === undefined || heaviest === '') return whole;
  const start = content.indexOf(heaviest, prompt.start);
  return start < 0 || start + heaviest.length > prompt.end ? whole : { start, end: start + heaviest.length };
}

function sayFinding(
  voice: Voice,
  pack: PolicyPack,
  ruleId: string,
  verdict: {
    readonly pOffScope: number;
    readonly category: string | undefined;
    readonly evidence: readonly Evidence[];
  },
): string {
  const { t } = voice;
  const rule = pack.rules.find(({ id }) => id === ruleId);
  const words = verdict.evidence
    .filter(({ weight, where, start }) => weight > 0 && where === 'text' && start !== undefined)
    .slice(0, 4)
    .map(({ feature }) => `“${plainText(feature, 40)}”`);
  return [
    t(
      'Outside the coding scope of {0}: {1} ({2}).',
      pack.name,
      nameCategory(voice, verdict.category) ?? t('not coding'),
      formatPercent(verdict.pOffScope),
    ),
    ...(rule === undefined
      ? []
      : [t('{0}’s terms (read {1}): “{2}”', pack.vendor, formatDay(voice, rule.source.readOn), rule.quote)]),
    ...(words.length === 0 ? [] : [t('Evidence: {0}.', words.join(t(', ')))]),
    t('A flag is a risk, not a verdict by the provider.'),
  ].join('\n');
}
