import { expect, test } from 'vitest';
import type { Exchange } from '../../src/core/exchange.ts';
import { createSessionBook } from '../../src/relay/session-book.ts';
import { anExchange, T0 } from '../ledger/exchanges.ts';

const SALT = new Uint8Array(32).fill(7);

function claude(session: string, content = '') {
  const body = { messages: [{ role: 'user', content }] };
  const headers = [['x-claude-code-session-id', session]] as const;
  return {
    agentId: 'claude-code',
    headers,
    body,
    bodyStart: () => Buffer.from(JSON.stringify(body)).toString('latin1'),
  };
}

function at(n: number, keys: Partial<Exchange>): Exchange {
  return anExchange(n, { sessionKey: undefined, workspaceKey: undefined, agentId: 'claude-code', ...keys });
}

test('sessions and folders are told apart by salted keys; only the last name of a folder is kept', () => {
  const book = createSessionBook(SALT);
  const one = book.keysOf(claude('a-b-c', 'Primary working directory: /home/müller/Größe\n'));
  book.closed(at(1, one));
  expect(one.sessionKey).toMatch(/^[\w-]{16}$/);
  expect(one.workspaceKey).toMatch(/^[\w-]{16}$/);
  const shown = JSON.stringify([book.sessions(new Set()), book.workspaces(new Set())]);
  expect(shown).not.toMatch(/a-b-c|müller/);
  expect(book.workspaces(new Set())).toEqual([{ workspaceKey: one.workspaceKey, name: 'Größe', lastAt: T0 + 1000 }]);
  const other = createSessionBook(new Uint8Array(32).fill(8));
  expect(other.keysOf(claude('a-b-c')).sessionKey).not.toBe(one.sessionKey);
});

test('a session whose folder was told once stays in it, and another one is not put there', () => {
  const book = createSessionBook(SALT);
  const first = book.keysOf(claude('one', 'Primary working directory: C:\\Users\\me\\shop\n'));
  expect(book.keysOf(claude('one')).workspaceKey).toBe(first.workspaceKey);
  expect(book.keysOf(claude('two')).workspaceKey).toBeUndefined();
  expect(book.workspaces(new Set())).toMatchObject([{ name: 'shop' }]);
});

test('what the ledger remembers keeps its beginning; its folder has no name until it is seen again', () => {
  const book = createSessionBook(SALT);
  const keys = book.keysOf(claude('one', 'Primary working directory: /home/me/shop\n'));
  const after = createSessionBook(SALT);
  const seen = { agentId: 'claude-code', workspaceKey: keys.workspaceKey, firstAt: T0, lastAt: T0 + 60_000 };
  after.remember([{ sessionKey: keys.sessionKey!, ...seen }]);
  expect(after.sessions(new Set())).toEqual([{ sessionKey: keys.sessionKey, ...seen }]);
  expect(after.workspaces(new Set())).toEqual([
    { workspaceKey: keys.workspaceKey, name: undefined, lastAt: T0 + 60_000 },
  ]);
  after.closed(at(90, after.keysOf(claude('one', 'Primary working directory: /home/me/shop\n'))));
  expect(after.sessions(new Set())[0]).toMatchObject({ firstAt: T0, lastAt: T0 + 90_000 });
  expect(after.workspaces(new Set())).toMatchObject([{ name: 'shop' }]);
});

test('the newest sessions are listed, and older ones where a window names them', () => {
  const book = createSessionBook(SALT);
  for (let n = 0; n < 30; n++) book.closed(at(n, { sessionKey: `s${n}` }));
  const listed = book.sessions(new Set(['s3'])).map(({ sessionKey }) => sessionKey);
  expect(listed).toHaveLength(21);
  expect(listed[0]).toBe('s29');
  expect(listed.at(-1)).toBe('s3');
});
