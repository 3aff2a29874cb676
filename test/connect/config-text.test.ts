import { describe, expect, test } from 'vitest';
import { editConfig, readConfig } from '../../src/connect/config-text.ts';
import { valueAt, withValue } from '../../src/connect/key-path.ts';
import { CORPUS } from './corpus.ts';

const URL = 'http://127.0.0.1:7526/@agent/zai/api/coding/paas/v4';

describe.each(CORPUS.map((file) => [`${file.format}: ${file.what}`, file] as const))(
  '%s',
  (_, { text, format, path }) => {
    const before = readConfig(text, format);
    const edited = editConfig(text, format, path, URL);

    test('is read', () => {
      expect(before.ok).toBe(true);
    });

    test('has the address afterwards, and every other value as before', () => {
      expect(edited).toMatchObject({ ok: true });
      const after = edited.ok ? readConfig(edited.text, format) : undefined;
      expect(after).toMatchObject({ ok: true });
      if (!after?.ok || !before.ok) return;
      expect(valueAt(after.value, path)).toBe(URL);
      expect(sorted(after.value)).toBe(sorted(withValue(before.value ?? {}, path, URL)));
    });

    test('keeps every line and every comment that it had, but for the one that is changed', () => {
      if (!edited.ok) throw new Error(edited.message);
      const kept = new Set(edited.text.split(/\r?\n/));
      const lost = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !kept.has(line));
      // On one line everything is one line; else the line of the address or the one it is put behind.
      expect(lost.length).toBeLessThanOrEqual(1);
      for (const comment of text.match(/(?<=^|\s)(?:\/\/|#|\/\*) ?[a-z]+\b/g) ?? [])
        expect(edited.text).toContain(comment);
    });

    test('has the line ends it had', () => {
      if (!edited.ok) throw new Error(edited.message);
      const bare = (of: string) => of.replaceAll('\r\n', '').split('\n').length - 1;
      if (text.includes('\r\n')) expect(bare(edited.text)).toBe(0);
      else expect(edited.text).not.toContain('\r');
    });

    test('loses the address again where it had none', () => {
      if (!edited.ok || !before.ok || valueAt(before.value, path) !== undefined) return;
      const taken = editConfig(edited.text, format, path, undefined);
      expect(taken).toMatchObject({ ok: true });
      expect(taken.ok && valueAt((readConfig(taken.text, format) as { value: unknown }).value, path)).toBeUndefined();
    });
  },
);

describe('a text that cannot be changed safely is refused', () => {
  test.each([
    ['broken JSON', 'jsonc', '{"env": {', ['env', 'X']],
    ['a key that stands there twice', 'jsonc', '{"env":{"A":"1"},"env":{"B":"2"}}', ['env', 'A']],
    ['a text where an object should be', 'jsonc', '{"env":"x"}', ['env', 'A']],
    ['broken YAML', 'yaml', 'a: [1', ['a']],
    ['a value behind an alias', 'yaml', 'b: &x {apiBase: u}\nmodels:\n  - *x\n', ['models', 0, 'apiBase']],
    ['a value with an anchor', 'yaml', 'models:\n  - apiBase: &u https://x\n    y: *u\n', ['models', 0, 'apiBase']],
    ['a value in block style', 'yaml', 'models:\n  - apiBase: >-\n      https://x\n', ['models', 0, 'apiBase']],
    ['broken TOML', 'toml', 'a = \n', ['b']],
  ] as const)('%s', (_, format, text, path) => {
    expect(editConfig(text, format, path, URL).ok).toBe(false);
  });
});

test('what was broken is said with its place', () => {
  const read = readConfig('{\n  "a": 1,\n  "b" 2\n}', 'jsonc');
  expect(read).toMatchObject({ ok: false, message: expect.stringContaining('line 3') });
});

/** JSON with keys in order, dates by their text. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => a.localeCompare(b)))
      : each,
  );
}

test.each([
  ['on one line', '{"a":[{"x":1},{"y":2}],"b":[]}', '{"a":[{"x":1}],"b":[]}'],
  ['with a comma behind it', '{"a": [1, 2,], "b": []}', '{"a": [1,], "b": []}'],
  ['on lines of its own', '{\n  "a": [\n    1,\n    2\n  ]\n}\n', '{\n  "a": [\n    1\n  ]\n}\n'],
  ['behind a comment', '{"a": [\n  1, // one, two\n  2\n]}', '{"a": [\n  1 // one, two\n  \n]}'],
  ['between comment and comma', '{"a": [\n  1, // one\n  2,\n]}', '{"a": [\n  1, // one\n  \n]}'],
])('the last item of a list goes, what stands around it stays: %s', (_, before, after) => {
  expect(editConfig(before, 'jsonc', ['a', 1], undefined)).toEqual({ ok: true, text: after });
});
