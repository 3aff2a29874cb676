import { expect, test } from 'vitest';
import type { ProviderError } from '../../src/core/exchange.ts';
import { redactError } from '../../src/relay/redact.ts';

const SECRET = '0123456789abcdef.topsecret';
const error = (message: string): ProviderError => ({ code: '1000', type: undefined, message, inStream: false });

test.each([
  ['a repeated key', `wrong: ${SECRET} and again ${SECRET}!`, 'wrong: [key] and again [key]!'],
  ['a key that a shortened message ends in', `wrong: ${SECRET.slice(0, 12)}`, 'wrong: [key]'],
  ['a key cut with an ellipsis', `wrong: ${SECRET.slice(0, 12)}…`, 'wrong: [key]'],
  ['a message without it', 'wrong: 012', 'wrong: 012'],
])('%s leaves no part of it', (_, message, wanted) => {
  expect(redactError(error(message), SECRET)?.message).toBe(wanted);
});

test('a key in code or type is taken out too, the rest of the error stays', () => {
  expect(redactError({ code: SECRET, type: `bad ${SECRET}`, message: 'm', inStream: true }, SECRET)).toEqual({
    code: '[key]',
    type: 'bad [key]',
    message: 'm',
    inStream: true,
  });
});

test('no error, no key and a key too short to tell are left as they are', () => {
  expect(redactError(undefined, SECRET)).toBe(undefined);
  expect(redactError(error('a'), undefined)).toEqual(error('a'));
  expect(redactError(error('a test'), 'a')).toEqual(error('a test'));
});
