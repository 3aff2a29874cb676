import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const ROOT = dirname(dirname(import.meta.dirname));

/** First argument of a call of `t`, where it is a string literal. */
const LITERAL = /(?<![\w$])t\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;
/** Any call of `t`: what LITERAL does not match is a text that cannot be extracted. */
const CALL = /(?<![\w$.]|function )(?:(?:voice|words)\.)?t\(/g;

/** Every English text the extension and its page hand to `t`, and calls whose text is not a literal as `file:line`. */
export function extractTexts(): { readonly texts: ReadonlySet<string>; readonly unreadable: readonly string[] } {
  const texts = new Set<string>();
  const unreadable: string[] = [];
  for (const path of globSync('src/{extension,dashboard}/**/*.ts', { cwd: ROOT })) {
    const code = readFileSync(join(ROOT, path), 'utf8');
    const read = [...code.matchAll(LITERAL)];
    for (const [, literal] of read) texts.add(unquote(literal!));
    if (read.length !== [...code.matchAll(CALL)].length) unreadable.push(path);
  }
  return { texts, unreadable };
}

function unquote(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/g, '$1');
}

export function readStrings(path: string): Record<string, string> {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Record<string, string>;
}

/** `{0}`, `{1}` … in a text, sorted; a translation needs the same ones. */
export function places(text: string): string[] {
  return [...text.matchAll(/\{\d+\}/g)].map(([place]) => place).toSorted((a, b) => a.localeCompare(b));
}
