import type { HeldBy } from '../../core/flag.ts';
import type { Category, Verdict } from '../../core/verdict.ts';

const CATEGORY_WORDS: Readonly<Partial<Record<Category, string>>> = {
  email: 'e-mail work',
  calendar: 'calendar work',
  travel: 'travel planning',
  'general-qa': 'a general question',
  roleplay: 'role play',
  jobs: 'job hunting',
  home: 'household matters',
  media: 'media and entertainment',
  health: 'a health question',
  finance: 'a money question',
};

/** What an agent hears of a turn that was blocked. */
export function blockedText(providerName: string, verdict: Verdict): string {
  return (
    `Planward stopped this request before it reached ${providerName}: it reads as ${about(verdict)}, which your coding plan's ` +
    'terms do not cover. Nothing was sent and nothing was counted. To go on: use another provider for this, or send it once ' +
    `more if it is coding. ${source(verdict)}`
  );
}

const ENDED: Readonly<Record<HeldBy, string>> = {
  user: 'on your word',
  time: 'because you set that a held request is stopped when nobody answers in time',
  nobody: 'because you set that a held request is stopped when no VS Code window is open to ask you',
};

/** What an agent hears of a turn that was held and then stopped. */
export function heldStopText(providerName: string, verdict: Verdict, by: HeldBy): string {
  return (
    `Planward held this request before it reached ${providerName} and stopped it ${ENDED[by]}: it reads as ${about(verdict)}, ` +
    "which your coding plan's terms do not cover. Nothing was sent and nothing was counted. To go on: use another provider " +
    `for this, or send it once more if it is coding. ${source(verdict)}`
  );
}

function about({ category }: Verdict): string {
  return category === undefined ? 'something other than coding' : (CATEGORY_WORDS[category] ?? category);
}

function source({ ruleId, packId, packVersion }: Verdict): string {
  return `(Rule ${ruleId ?? 'task-scope'}, terms of ${packId} read ${packVersion}.)`;
}
