import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const readTexts = (name: string): Record<string, string> => JSON.parse(read(name)) as Record<string, string>;

const english = readTexts('package.nls.json');
const chinese = readTexts('package.nls.zh-cn.json');
const texts: readonly (readonly [string, string])[] = [
  ...Object.entries(readTexts('l10n/bundle.l10n.zh-cn.json')),
  ...Object.entries(english).map(([key, text]) => [text, chinese[key] ?? ''] as const),
];
const terms = [...read('docs/glossary.md').matchAll(/^\| ([a-z][a-z -]*?) +\| (\p{Script=Han}+) +\|/gmu)].map(
  ([, word = '', term = '']) => ({ word, term }),
);

/** The HTTP header, which is no agent; and "no account", which Chinese says without the noun where it is clear. */
const OTHER_SENSE = /user agent|no account\./;
/** Names of commands and settings, in links and code. */
const NOT_WORDS = /\(command:[^)]*\)|`[^`]*`|planward\.\w+/g;

test('the glossary has its words once each, in order', () => {
  const words = terms.map(({ word }) => word);
  expect(words.length).toBeGreaterThan(20);
  expect(words).toEqual([...new Set(words)].toSorted());
});

test.for(terms)('“$word” is $term in every Chinese text', ({ word, term }) => {
  const having = texts.filter(
    ([text]) => new RegExp(`\\b${word}s?\\b`, 'i').test(text.replaceAll(NOT_WORDS, '')) && !OTHER_SENSE.test(text),
  );
  expect(having.length).toBeGreaterThan(0);
  expect(having.filter(([, translated]) => !translated.includes(term))).toEqual([]);
});
