import { escapeMarkdown } from './plain-text.ts';

/** A page of steps for the user: a sentence, then the lines in their order. An indented line stands as it is, to be copied. */
export function presentHints(title: string, message: string, hints: readonly string[]): string {
  const lines = hints.map((hint) =>
    /^\s{2,}/.test(hint) ? `  \`${hint.trim().replaceAll('`', "'")}\`` : `- ${escapeMarkdown(hint, 600)}`,
  );
  return [`# ${escapeMarkdown(title)}`, escapeMarkdown(message, 600), lines.join('\n\n'), ''].join('\n\n');
}
