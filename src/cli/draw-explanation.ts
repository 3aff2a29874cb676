import type { Explanation, RankedCause } from '../core/incident.ts';
import type { Source } from '../core/plan.ts';
import type { Language, Text } from '../core/text.ts';

const WIDTH = 100;

const WORDS = {
  causes: { en: 'What may lie behind it', zh: '可能的原因' },
  helps: { en: 'What helps', zh: '怎么办' },
  retry: { en: 'Try again?', zh: '是否重试？' },
  notKnown: { en: 'What is not known', zh: '尚不清楚' },
  sources: { en: 'Sources', zh: '来源' },
  asOf: { en: 'as of', zh: '截至' },
  page: { en: 'Page', zh: '页面' },
  stated: { en: 'stated', zh: '服务商说明' },
  likely: { en: 'likely', zh: '很可能' },
  possible: { en: 'possible', zh: '可能' },
  unlikely: { en: 'less likely', zh: '不太可能' },
} as const satisfies Readonly<Record<string, Text>>;

/** An explanation as lines for a terminal; English is broken at 100 columns. Pure. */
export function drawExplanation(explanation: Explanation, catalogue: string | undefined, language: Language): string {
  const say = (text: Text): string => text[language];
  const { code, title, headline, why, causes, remedies, retry, notKnown, sources, page, raw } = explanation;
  const colon = language === 'en' ? ': ' : '：';
  const lines = [
    `${code} · ${say(title)}${catalogue === undefined ? '' : ` (${catalogue})`}`,
    '',
    // A bare code was looked up: nothing happened.
    ...(raw === code ? [] : wrap(say(headline))),
    ...wrap(say(why)),
    '',
    say(WORDS.causes),
    ...causes.flatMap((cause) => drawCause(cause, language)),
  ];
  if (remedies.length > 0) lines.push('', say(WORDS.helps));
  for (const { text, url } of remedies) {
    lines.push(...wrap(say(text), '  - ', '    '));
    if (url !== undefined) lines.push(`    ${url}`);
  }
  lines.push('', ...wrap(`${say(WORDS.retry)} ${say(retry.text)}`));
  if (notKnown.length > 0) lines.push('', say(WORDS.notKnown));
  for (const each of notKnown) lines.push(...wrap(say(each), '  - ', '    '));
  if (sources.length > 0) lines.push('', say(WORDS.sources));
  for (const { url, readOn, doubt } of sources) {
    lines.push(`  ${url} (${say(WORDS.asOf)} ${readOn})`);
    if (doubt !== undefined) lines.push(...wrap(doubt, '    ', '    '));
  }
  if (page !== undefined) lines.push('', `${say(WORDS.page)}${colon}${page}`);
  return `${lines.join('\n')}\n`;
}

function drawCause(cause: RankedCause, language: Language): readonly string[] {
  const word = WORDS[cause.likelihood][language];
  return [
    `  ${word}${language === 'en' ? ': ' : '：'}${cause.name[language]}`,
    ...cause.speaksFor.flatMap((each) => wrap(each[language], '    + ', '      ')),
    ...cause.speaksAgainst.flatMap((each) => wrap(each[language], '    - ', '      ')),
  ];
}

function wrap(text: string, first = '', rest = first): readonly string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(' ')) {
    if (line.trim() !== '' && line !== first && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = rest;
    }
    line += line === first || line === rest ? word : ` ${word}`;
  }
  return [...lines, line];
}

/** The same for programs. `source` is the first of `sources`, null where there is none; instants are ms since epoch. */
export function explanationJson(explanation: Explanation, providerId: string, language: Language): object {
  const say = (text: Text): string => text[language];
  const { code, known, title, headline, why, causes, remedies, retry, retryAt, notKnown, page, links, raw } =
    explanation;
  const sources: readonly Source[] = explanation.sources;
  return {
    schema: 'planward.explain.v1',
    code,
    known,
    provider: providerId,
    class: explanation.class,
    title: say(title),
    headline: say(headline),
    why: say(why),
    causes: causes.map((cause) => ({
      cause: cause.cause,
      name: say(cause.name),
      likelihood: cause.likelihood,
      score: cause.score,
      because: because(cause, language),
      speaksFor: cause.speaksFor.map(say),
      speaksAgainst: cause.speaksAgainst.map(say),
    })),
    remedies: remedies.map(({ text }) => say(text)),
    actions: remedies.map(({ action, url }) => ({ action, ...(url === undefined ? {} : { url }) })),
    retry: { advice: retry.advice, text: say(retry.text), at: retryAt ?? null },
    notKnown: notKnown.map(say),
    source: sources[0] ?? null,
    sources,
    links,
    page: page ?? null,
    raw,
  };
}

function because({ likelihood, speaksFor }: RankedCause, language: Language): string {
  if (speaksFor.length > 0) return speaksFor.map((each) => each[language]).join(language === 'en' ? '; ' : '；');
  if (likelihood === 'stated') return language === 'en' ? 'The provider says so with this code' : '服务商以此代码说明';
  return language === 'en'
    ? 'Known for this kind of error; nothing of this case speaks for it'
    : '此类错误的已知原因；没有本次情况的证据';
}
