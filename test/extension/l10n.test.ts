import { expect, test } from 'vitest';
import { extractTexts, places, readStrings } from './strings.ts';

const { texts, unreadable } = extractTexts();
const LANGUAGES = ['zh-cn'];
const keys = (strings: object) => Object.keys(strings).toSorted((a, b) => a.localeCompare(b));

/** Same in every language: a name, a figure or pure punctuation. */
const UNTRANSLATED = new Set(['container.title']);

test('every text is a literal, so that it can be extracted', () => {
  expect(unreadable).toEqual([]);
  expect(texts.size).toBeGreaterThan(100);
});

test.each(LANGUAGES)('the %s bundle has every text of the code and no other', (language) => {
  expect(keys(readStrings(`l10n/bundle.l10n.${language}.json`))).toEqual(
    [...texts].toSorted((a, b) => a.localeCompare(b)),
  );
});

test.each(LANGUAGES)('the %s manifest has every text of the manifest and no other', (language) => {
  expect(keys(readStrings(`package.nls.${language}.json`))).toEqual(keys(readStrings('package.nls.json')));
});

test.each(LANGUAGES)('every %s text is translated and keeps its places, links and code', (language) => {
  const english = { ...Object.fromEntries([...texts].map((text) => [text, text])), ...readStrings('package.nls.json') };
  const translated = {
    ...readStrings(`l10n/bundle.l10n.${language}.json`),
    ...readStrings(`package.nls.${language}.json`),
  };
  const links = (text: string) =>
    [...text.matchAll(/\]\([^)]+\)|`[^`]+`/g)].map(([link]) => link).toSorted((a, b) => a.localeCompare(b));
  for (const [key, text] of Object.entries(english)) {
    const other = translated[key] ?? '';
    expect([key, places(other), links(other)]).toEqual([key, places(text), links(text)]);
    if (!UNTRANSLATED.has(key)) expect([key, other]).not.toEqual([key, text]);
    expect(other.trim()).not.toBe('');
  }
});
