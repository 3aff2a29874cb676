import { expect, test } from 'vitest';
import { inVoice } from '../../src/extension/present/in-voice.ts';
import { bareIn, bareStrings } from './bare-strings.ts';
import { extractTexts, places, readStrings } from './strings.ts';
import { chinese } from './voices.ts';

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

/** What a person reads outside VS Code's languages: a report for the project, a model's own words, a page's markup, a terminal. */
const ENGLISH_FILES = /present\/(diagnostics|dashboard-page)\.ts|extension\/(?:answer-tool|uninstall)\.ts/;
/** The same in every language. */
const NAMES = /^(\$\([a-z~-]+\) )?(Planward|CSV|JSON|HAR|Markdown|Prometheus)$/;

test('no text that VS Code or the dashboard draws goes past the bundle', () => {
  const bare = bareStrings().filter(
    ({ where, text }) => !ENGLISH_FILES.test(where) && !NAMES.test(text) && inVoice(chinese, text) === text,
  );
  expect(bare).toEqual([]);
});

test('a text that goes past the bundle is found wherever it is drawn', () => {
  const bare = [
    "window.showInformationMessage('Done.')",
    "void window.showQuickPick(picks, { title: 'Choose' })",
    'item.tooltip = `${count} flags`',
    "h('p', {}, 'nothing to draw here')",
    "const said = ok ? t('It works.') : 'It does not work.'",
  ];
  expect(bare.map((code) => [code, bareIn(code, 'x.ts').length])).toEqual(bare.map((code) => [code, 1]));
  const fine = [
    "window.showInformationMessage(t('Done.'))",
    "log.info('the relay was started')",
    "h('p', { class: 'card level low' })",
    "throw new Error('no page was made for it')",
    "if (kind === 'two words') go()",
  ];
  expect(fine.flatMap((code) => bareIn(code, 'x.ts'))).toEqual([]);
});
