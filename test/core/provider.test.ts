import { expect, test } from 'vitest';
import { header, type Headers } from '../../src/core/provider.ts';

const headers: Headers = [
  ['X-Title', 'first'],
  ['x-title', 'second'],
  ['X-Titles', 'other'],
  ['Empty', ''],
];

test('a header is found whatever its case, the first one of its name', () => {
  expect(header(headers, 'x-TITLE')).toBe('first');
});

test('a header that is there but empty is not an absent one', () => {
  expect(header(headers, 'empty')).toBe('');
  expect(header(headers, 'absent')).toBeUndefined();
});
