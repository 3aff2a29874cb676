/** Text from outside for a place that takes plain text and codicons: one line, no icon syntax, at most `longest` characters. */
export function plainText(text: string, longest = 80): string {
  const line = text
    // oxlint-disable-next-line no-control-regex -- control and direction characters are what must go
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/[\u061c\u200b-\u200f\u2060-\u2065\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .replaceAll('$(', '$ (')
    .replaceAll('](', '] (') // notifications make links of it, of commands too
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/**
 * The same for Markdown: nothing in it is read as markup, link, address, icon or table cell, since every ASCII punctuation
 * character is escaped (CommonMark 0.31, section 2.4 allows that for each of them).
 */
export function escapeMarkdown(text: string, longest = 120): string {
  return plainText(text, longest).replace(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}
