import type { Explanation, RankedCause } from '../../core/incident.ts';
import type { IncidentView, Snapshot } from '../../core/snapshot.ts';
import { languageOf } from '../../core/text.ts';
import type { Text } from '../../core/text.ts';
import { nameProvider } from './exchange-words.ts';
import { nameIncidentAgent, nameLikelihood, sayEntry } from './incident-nodes.ts';
import { formatClock, formatDate } from './instant.ts';
import { escapeMarkdown, plainText } from './plain-text.ts';
import type { Voice } from './voice.ts';

const LONGEST = 1200;

/** An incident with the requests around it, and the snapshot that names who is who. */
export interface Happened {
  readonly incident: IncidentView;
  readonly snapshot: Snapshot | undefined;
}

/**
 * An explanation as a Markdown page. `happened` is absent where a code was only looked up. Whatever a provider said is escaped:
 * it can bring no markup, no link and no command.
 */
export function presentExplanation(voice: Voice, explanation: Explanation, happened?: Happened): string {
  const { t } = voice;
  const language = languageOf(voice.locale);
  const say = (text: Text): string => escapeMarkdown(text[language], LONGEST);
  const { code, title, headline, why, causes, remedies, retry, notKnown } = explanation;
  return [
    `# ${escapeMarkdown(code, 24)} · ${say(title)}`,
    ...(happened === undefined ? [] : [`**${say(headline)}**`, sayWho(voice, happened)]),
    say(why),
    ...section(
      t('What may lie behind it'),
      causes.flatMap((cause) => presentCause(voice, cause)),
    ),
    ...section(
      t('What helps'),
      remedies.map(({ text, url }) => `- ${[say(text), address(url)].filter((part) => part !== '').join(' ')}`),
    ),
    `## ${t('Try again?')}`,
    say(retry.text),
    ...section(
      t('What is not known'),
      notKnown.map((text) => `- ${say(text)}`),
    ),
    ...(happened === undefined ? [] : section(t('Time line'), timeline(voice, happened.incident))),
    ...(happened === undefined || explanation.raw === '' ? [] : raw(voice, explanation.raw)),
    ...section(t('Sources'), sources(voice, explanation)),
    '',
  ]
    .filter((part, i, all) => part !== '' || i === all.length - 1)
    .join('\n\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, lines.join('\n')];
}

function sayWho(voice: Voice, { incident, snapshot }: Happened): string {
  const { t } = voice;
  const parts = [
    nameIncidentAgent(voice, incident, snapshot),
    nameProvider(snapshot, incident.providerId),
    ...(incident.model === undefined ? [] : [plainText(incident.model, 48)]),
    formatDate(voice, incident.startedAt),
    incident.recoveredAt === undefined
      ? t('not through since')
      : t('went through at {0}', formatClock(voice, incident.recoveredAt)),
  ];
  return parts.map((part) => escapeMarkdown(part)).join(' · ');
}

function presentCause(voice: Voice, cause: RankedCause): string[] {
  const language = languageOf(voice.locale);
  const lines = (word: string, texts: readonly Text[]) =>
    texts.map((text) => `  - ${word} ${escapeMarkdown(text[language], LONGEST)}`);
  return [
    `- **${escapeMarkdown(cause.name[language], 200)}** (${nameLikelihood(voice, cause.likelihood)})`,
    ...lines(voice.t('Speaks for it:'), cause.speaksFor),
    ...lines(voice.t('Speaks against it:'), cause.speaksAgainst),
  ];
}

function timeline(voice: Voice, { timeline: entries }: IncidentView): string[] {
  return [
    `| ${voice.t('Time')} | ${voice.t('Outcome')} |`,
    '| --- | --- |',
    ...entries.map((entry) => `| ${formatClock(voice, entry.at)} | ${escapeMarkdown(sayEntry(voice, entry))} |`),
  ];
}

function raw({ t }: Voice, line: string): string[] {
  return [`## ${t('What the provider said')}`, `> ${escapeMarkdown(line, 600)}`];
}

function sources({ t }: Voice, { sources: listed, links }: Explanation): string[] {
  const read = listed.map(({ url, readOn, doubt }) => {
    const said = [address(url), t('(read {0})', escapeMarkdown(readOn, 20)), doubt && escapeMarkdown(doubt, 300)];
    return `- ${said.filter((part) => part !== undefined && part !== '').join(' ')}`;
  });
  const known = new Set(listed.map(({ url }) => url));
  return [...read, ...links.filter((url) => !known.has(url)).map((url) => `- ${address(url)}`)];
}

/** An address of the web as a link that shows itself; anything else as plain text. */
function address(url: string | undefined): string {
  if (url === undefined) return '';
  return /^https:\/\/[^\s<>()\\]+$/.test(url) ? `<${url}>` : escapeMarkdown(url, 300);
}
