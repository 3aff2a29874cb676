import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeMarkdown, plainText } from '../../../src/extension/present/plain-text.ts';

test('text from outside becomes one short line without icons and direction marks', () => {
  expect(plainText('a\u001b[31m\nb\u202e $(flame) c')).toBe('a [31m b $ (flame) c');
  expect(plainText('x'.repeat(200), 10)).toBe('xxxxxxxxx…');
});

test.each([
  '[click](command:workbench.action.quit)',
  '![i](https://example.com/x.png)',
  '<b>',
  'a|b',
  '$(flame)',
  'https://example.com',
  '`code`',
])('Markdown in %s is shown, not obeyed', (text) => {
  const escaped = escapeMarkdown(text);
  expect(escaped).not.toMatch(/(?<!\\)[[\]()!<>|`:$]/);
  expect(escaped.replaceAll('\\', '')).toBe(plainText(text));
});

test('whatever comes in, no unescaped punctuation comes out', () => {
  fc.assert(fc.property(fc.string(), (text) => /^(?:\\[!-/:-@[-`{-~]|[^!-/:-@[-`{-~])*$/.test(escapeMarkdown(text))));
});
