import { redact } from './redact.ts';

/**
 * A text of somebody else's as it may stand within a line or a table cell of Markdown: one line, nothing hidden in it, no link,
 * picture, HTML or emphasis, keys and addresses taken out, at most `longest` characters. Never throws.
 */
export function plainCell(foreign: string, longest = 200): string {
  const line = redact(foreign.slice(0, 4 * longest))
    // oxlint-disable-next-line no-control-regex -- taking control characters out is the point
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .trim();
  const cut = line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
  return cut
    .replace(/[\\`*_{}[\]<>()#|~!&$]/g, String.raw`\$&`)
    .replace(/:(?=\/\/)/g, String.raw`\:`) // bare addresses become links where GitHub shows them
    .replace(/\b(www)\./gi, String.raw`$1\.`)
    .replaceAll('@', '＠'); // nobody is called
}

/** An id to be copied as it is; what is no id stands as plain text. */
export function idCell(id: string): string {
  return /^[\w.:-]{1,120}$/.test(id) ? `\`${id}\`` : plainCell(id);
}

/** A Markdown table; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

/** `2026-09-07 12:00:05`, UTC. */
export function utc(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/** `1 event`, `2 events`. */
export function countOf(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}
