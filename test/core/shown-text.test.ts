/* oxlint-disable no-control-regex -- controls are what is looked for */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { printedText, shownText } from '../../src/core/shown-text.ts';
import { cpuMs } from '../support/cpu-time.ts';

test.each([
  ['a colour', 'a\u001b[31mb', 'ab'],
  ['a window title', 'a\u001b]0;pwned\u0007b', 'ab'],
  ['a link behind words', '\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\', 'click'],
  ['the clipboard', 'a\u001b]52;c;ZXZpbA==\u0007b', 'ab'],
  ['a device control string', 'a\u001bP+q544e\u001b\\b', 'ab'],
  ['eight-bit controls', 'a\u009b31mb\u009d0;t\u009cc', 'abc'],
  ['an escape that never ends', 'a\u001b]0;never', 'a'],
  ['a bare escape', 'a\u001b', 'a'],
  ['a full reset', 'a\u001bcb', 'ab'],
  ['a line overwritten', 'danger\rsafe\b', 'dangersafe'],
  ['text turned round', 'abc\u202egnp.exe\u2066', 'abcgnp.exe'],
  ['text that hides', 'a\u200b\u2060\ufeffb\u{e0041}', 'ab'],
])('%s does not reach the terminal', (_what, hostile, shown) => {
  expect(shownText(hostile)).toBe(shown);
});

test('what people write stays: lines, tabs, Chinese, Arabic, emoji, blocks', () => {
  const text = 'GLM 62%\t中文 العربية 😀 ██░ é\n$1,000 [a](b) {"x":1}\n';
  expect(shownText(text)).toBe(text);
});

test('whatever comes in, nothing that a terminal acts on comes out', () => {
  const nasty = fc.array(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u001b', '[', ']', '\u009b', '\u0007', '31m', '\u202e')),
  );
  fc.assert(
    fc.property(nasty, (parts) => {
      expect(shownText(parts.join(''))).not.toMatch(
        /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
      );
    }),
    { numRuns: 2000 },
  );
});

test('JSON that is printed says the same as before, with nothing in it that a terminal acts on', () => {
  fc.assert(
    fc.property(
      fc.record({ text: fc.string({ unit: 'binary' }), b: fc.constant('\u009b31m\u202e\u200b') }),
      (value) => {
        const printed = printedText(`${JSON.stringify(value, undefined, 2)}\n`);
        expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(printed).not.toMatch(/[\u001b\u007f-\u009f\u202a-\u202e]/);
      },
    ),
  );
});

test('a megabyte of escapes is read in no time', () => {
  const spent = cpuMs(() => {
    for (const unit of ['\u001b]', '\u001b[', '\u009d', '\u001b']) shownText(unit.repeat(500_000));
  });
  expect(spent).toBeLessThan(3000);
});
