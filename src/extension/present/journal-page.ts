import { agentName } from '../../agents/list.ts';
import type { Connected, Disconnected } from '../../connect/journal.ts';
import { formatDate } from './instant.ts';
import { escapeMarkdown } from './plain-text.ts';
import type { Voice } from './voice.ts';

/** The connection journal as a Markdown page, newest first: what was changed in other programs' files, and what was put back. */
export function presentJournal(voice: Voice, entries: readonly (Connected | Disconnected)[], damaged: number): string {
  const { t } = voice;
  const ended = new Map(entries.flatMap((entry) => (entry.act === 'disconnect' ? [[entry.id, entry] as const] : [])));
  const connected = entries.filter((entry) => entry.act === 'connect');
  return [
    `# ${t('Connection journal')}`,
    t('What Planward changed in the settings files of your agents, newest first. It holds addresses and never a key.'),
    ...(damaged === 0 ? [] : [`**${t('{0} lines cannot be read.', damaged)}**`]),
    ...(connected.length === 0 ? [t('No agent has been connected yet.')] : []),
    ...connected.map((entry) => presentEntry(voice, entry, ended.get(entry.id))),
    '',
  ].join('\n\n');
}

function presentEntry(voice: Voice, { agentId, at, path, changes }: Connected, end: Disconnected | undefined): string {
  const { t } = voice;
  const was = (url: string | null) => (url === null ? t('(nothing)') : code(url));
  return [
    `## ${escapeMarkdown(agentName(agentId))} · ${escapeMarkdown(formatDate(voice, at))}`,
    '',
    `- ${t('File')}: ${code(path)}`,
    ...changes.map(({ label, before, after }) => `- ${escapeMarkdown(label)}: ${was(before)} → ${code(after)}`),
    `- ${end === undefined ? `**${t('Connected')}**` : escapeMarkdown(sayEnd(voice, end))}`,
  ].join('\n');
}

function sayEnd(voice: Voice, { how, at }: Disconnected): string {
  const { t } = voice;
  const when = formatDate(voice, at);
  switch (how) {
    case 'exact':
      return t('Put back byte for byte, {0}', when);
    case 'our-keys':
      return t('Only the address was put back, since the file had been changed, {0}', when);
    case 'gone':
      return t('Nothing of it was left in the file, {0}', when);
    default:
      how satisfies never;
      return '';
  }
}

/** Addresses and paths as they are; nothing in them can end the code. */
function code(text: string): string {
  return `\`${text.replace(/[`\r\n]/g, "'")}\``;
}
