import { inVoice } from './in-voice.ts';
import { escapeMarkdown } from './plain-text.ts';
import type { Voice } from './voice.ts';

/** A page of steps for the user: a sentence, then the lines in their order. An indented line stands as it is, to be copied. */
export function presentHints(voice: Voice, title: string, message: string, hints: readonly string[]): string {
  const lines = hints.map((hint) =>
    /^\s{2,}/.test(hint)
      ? `  \`${hint.trim().replaceAll('`', "'")}\``
      : `- ${escapeMarkdown(inVoice(voice, hint), 600)}`,
  );
  return [`# ${escapeMarkdown(title)}`, escapeMarkdown(inVoice(voice, message), 600), lines.join('\n\n'), ''].join(
    '\n\n',
  );
}
