import { expect, test } from 'vitest';
import { anthropic } from '../../src/providers/anthropic.ts';
import { codex } from '../../src/providers/codex.ts';
import { zai } from '../../src/providers/zai.ts';
import { createAccounts } from '../../src/relay/accounts.ts';

const SALT = new Uint8Array(32).fill(7);
const WHERE = { path: '/v1/messages', url: '/v1/messages' };
const UUID = '0b5c2d1e-1111-4222-8333-944455566677';
const bearer = (token: string) => [['Authorization', `Bearer ${token}`]] as const;
const body = (uuid: string) => ({
  metadata: { user_id: JSON.stringify({ device_id: 'd', account_uuid: uuid, session_id: 's' }) },
});

test('a renewed login token counts as the account that its body names', () => {
  const accounts = createAccounts(SALT);
  const [first, second] = [bearer('sk-ant-oat01-one'), bearer('sk-ant-oat01-two')];
  const before = accounts.of(anthropic, first, WHERE)!.key;
  const learned = accounts.learn(anthropic, first, WHERE, body(UUID));
  expect(learned).toMatchObject({ providerId: 'anthropic', accountKey: before });
  expect(accounts.of(anthropic, first, WHERE)).toEqual({ key: learned!.sameAs, credential: 'sk-ant-oat01-one' });
  expect(accounts.learn(anthropic, first, WHERE, body(UUID))).toBeUndefined();
  expect(accounts.of(anthropic, second, WHERE)!.key).not.toBe(learned!.sameAs);
  expect(accounts.learn(anthropic, second, WHERE, body(UUID))!.sameAs).toBe(learned!.sameAs);
  expect(accounts.of(anthropic, second, WHERE)).toEqual({ key: learned!.sameAs, credential: 'sk-ant-oat01-two' });
  expect(accounts.keysOf(learned!.sameAs)).toHaveLength(3);
  expect(JSON.stringify(learned)).not.toContain(UUID);
});

test('a key that was told to be another one follows where that one is told to be a third', () => {
  const accounts = createAccounts(SALT);
  const aliases = [
    { accountKey: 'key', sameAs: 'account' },
    { accountKey: 'machine', sameAs: 'key' },
  ];
  accounts.remember(aliases);
  expect(accounts.nowOf('machine')).toBe('account');
  expect(accounts.keysOf('machine').toSorted()).toEqual(['account', 'key', 'machine']);
});

test('two people are two accounts, also on one machine', () => {
  const accounts = createAccounts(SALT);
  const keys = ['one', 'two'].map((token, n) => {
    const headers = bearer(`sk-ant-oat01-${token}`);
    return accounts.learn(anthropic, headers, WHERE, body(UUID.replace('0b', `1${n}`)))!.sameAs;
  });
  expect(keys[0]).not.toBe(keys[1]);
});

test('the older way of writing the account is the same account', () => {
  const accounts = createAccounts(SALT);
  const old = { metadata: { user_id: `user_0a1b2c_account_${UUID}_session_${UUID}` } };
  expect(accounts.learn(anthropic, bearer('sk-ant-oat01-one'), WHERE, old)!.sameAs).toBe(
    accounts.learn(anthropic, bearer('sk-ant-oat01-two'), WHERE, body(UUID))!.sameAs,
  );
});

test.each([
  ['an API key, which is billed by itself', anthropic, bearer('sk-ant-api03-key'), body(UUID)],
  ['nobody signed in', anthropic, bearer('sk-ant-oat01-one'), body('')],
  ['a body that says nothing', anthropic, bearer('sk-ant-oat01-one'), {}],
  ['a body of another shape', anthropic, bearer('sk-ant-oat01-one'), { metadata: { user_id: 7 } }],
  ['no body', anthropic, bearer('sk-ant-oat01-one'), undefined],
  ['no credential', anthropic, [], body(UUID)],
  ["another provider, to which the agent sends its login's id too", zai, bearer('key.secret'), body(UUID)],
  ['an account that its head names', codex, [...bearer('t'), ['chatgpt-account-id', 'a']] as const, body(UUID)],
])('nothing is folded for %s', (_, provider, headers, given) => {
  expect(createAccounts(SALT).learn(provider, headers, WHERE, given)).toBeUndefined();
});

test('what was learned holds after a restart, before a body was read', () => {
  const accounts = createAccounts(SALT);
  const learned = accounts.learn(anthropic, bearer('sk-ant-oat01-one'), WHERE, body(UUID))!;
  const again = createAccounts(SALT);
  again.remember([learned]);
  expect(again.of(anthropic, bearer('sk-ant-oat01-one'), WHERE)!.key).toBe(learned.sameAs);
});
