/** One prompt of a file, with its place. */
export interface FilePrompt {
  readonly text: string;
  /** UTF-16 offsets in the file. */
  readonly start: number;
  readonly end: number;
  /** From 0. */
  readonly line: number;
  readonly column: number;
}

const LEAST_LETTERS = 8;
const MOST_PROMPTS = 2000;
const ITEM = /^\s{0,12}(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?/;
const JSON_PROMPT = /"(?:message|prompt|text|content|task|instructions?|systemEvent)"\s*:\s*"((?:[^"\\]|\\.)*)"/g;

/**
 * The prompts that stand in a prompt file: paragraphs and list items of Markdown or plain text, without front matter,
 * code fences, headings, tables and comments; in JSON the strings that agents take for prompts. At most 2,000, in the
 * file's order; pieces with fewer than eight letters are left out. Never throws.
 */
export function promptsIn(text: string, fileName = ''): readonly FilePrompt[] {
  return /\.jsonc?$/i.test(fileName) ? promptsInJson(text) : promptsInMarkdown(text);
}

function promptsInMarkdown(text: string): readonly FilePrompt[] {
  const found: FilePrompt[] = [];
  const lines = text.split('\n');
  let offset = 0;
  let fence: string | undefined;
  let comment = false;
  let frontMatter = lines[0]?.trim() === '---';
  let open: { start: number; line: number; column: number; parts: string[]; end: number } | undefined;
  const close = (): void => {
    if (open !== undefined && found.length < MOST_PROMPTS) {
      const prompt = open.parts.join('\n').trim();
      if (letters(prompt) >= LEAST_LETTERS) {
        found.push({ text: prompt, start: open.start, end: open.end, line: open.line, column: open.column });
      }
    }
    open = undefined;
  };
  for (const [index, raw] of lines.entries()) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const trimmed = line.trim();
    const at = offset;
    offset += raw.length + 1;
    if (frontMatter) {
      if (index > 0 && trimmed === '---') frontMatter = false;
      continue;
    }
    const mark = /^(?:```|~~~)/.exec(trimmed)?.[0];
    if (fence !== undefined) {
      if (mark === fence) fence = undefined;
      continue;
    }
    if (mark !== undefined) {
      close();
      fence = mark;
      continue;
    }
    if (comment || trimmed.startsWith('<!--')) {
      close();
      comment = !trimmed.includes('-->');
      continue;
    }
    if (trimmed === '' || /^(?:#{1,6}\s|\||[-=*_]{3,}$|<\/?[a-z][^>]*>$)/i.test(trimmed)) {
      close();
      continue;
    }
    const item = ITEM.exec(line)?.[0];
    if (item !== undefined) close();
    const indent = item?.length ?? line.length - line.trimStart().length;
    open ??= { start: at + indent, line: index, column: indent, parts: [], end: 0 };
    open.parts.push(open.parts.length === 0 ? line.slice(indent) : line.trim());
    open.end = at + line.trimEnd().length;
  }
  close();
  return found;
}

function promptsInJson(text: string): readonly FilePrompt[] {
  const found: FilePrompt[] = [];
  for (const match of text.matchAll(JSON_PROMPT)) {
    if (found.length >= MOST_PROMPTS) break;
    const start = match.index + match[0].length - 1 - match[1]!.length;
    const prompt = unquote(match[1]!);
    if (letters(prompt) < LEAST_LETTERS) continue;
    const lead = text.slice(0, start);
    const line = lead.split('\n').length - 1;
    const column = start - (lead.lastIndexOf('\n') + 1);
    found.push({ text: prompt, start, end: start + match[1]!.length, line, column });
  }
  return found;
}

function unquote(inside: string): string {
  try {
    return JSON.parse(`"${inside}"`) as string;
  } catch {
    return inside;
  }
}

/** Letters, a Han character counting for three. */
function letters(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return (text.match(/\p{L}/gu)?.length ?? 0) + han * 2;
}
