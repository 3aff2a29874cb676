import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { accountKeyOf, openSalt } from '../../src/relay/salt.ts';
import { noModes, useScratchHome } from './scratch-home.ts';

const scratch = useScratchHome();

test('is made once and is the same at every later start', () => {
  const path = join(scratch.home, 'salt');
  const first = openSalt(path);
  expect(first).toMatchObject({ kept: true, renewed: false });
  expect(first.salt).toHaveLength(32);
  expect(openSalt(path)).toEqual(first);
  expect(readdirSync(scratch.home)).toEqual(['salt']);
});

test.skipIf(noModes)('only its owner can read it', () => {
  const path = join(scratch.home, 'salt');
  openSalt(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('two homes have different salts', () => {
  expect(openSalt(join(scratch.home, 'a')).salt).not.toEqual(openSalt(join(scratch.home, 'b')).salt);
});

test('a file of another length is no salt and is replaced', () => {
  const path = join(scratch.home, 'salt');
  writeFileSync(path, 'short');
  const opened = openSalt(path);
  expect(opened).toMatchObject({ kept: true, renewed: true });
  expect(openSalt(path)).toEqual({ ...opened, renewed: false });
});

test('where the home cannot be written the salt lives in memory, and says why', () => {
  const opened = openSalt(join(scratch.blocked, 'salt'));
  expect(opened).toMatchObject({ kept: false, reason: 'unwritable' });
  expect(opened.salt).toHaveLength(32);
});

test('processes that start together all get the salt that is in the file', async () => {
  const path = join(scratch.home, 'salt');
  const module = JSON.stringify(new URL('../../src/relay/salt.ts', import.meta.url).href);
  const program = `const { openSalt } = await import(${module});
    await new Promise((go) => setTimeout(go, Number(process.argv[2]) - Date.now()));
    process.stdout.write(Buffer.from(openSalt(process.argv[1]).salt).toString('hex'));`;
  const startAt = Date.now() + 700;
  const salts = await Promise.all(
    [1, 2, 3].map(async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program, path, String(startAt)]);
      let out = '';
      child.stdout.on('data', (chunk) => (out += String(chunk)));
      await once(child, 'close');
      return out;
    }),
  );
  const kept = readFileSync(path).toString('hex');
  expect(salts).toEqual([kept, kept, kept]);
});

test('an account key is 16 url-safe characters that depend on salt, provider and credential', () => {
  const salt = new Uint8Array(32).fill(1);
  const key = accountKeyOf(salt, 'zai', 'sk-secret');
  expect(key).toMatch(/^[\w-]{16}$/);
  expect(accountKeyOf(salt, 'zai', 'sk-secret')).toBe(key);
  const others = [
    accountKeyOf(salt, 'bigmodel', 'sk-secret'),
    accountKeyOf(salt, 'zai', 'sk-other'),
    accountKeyOf(new Uint8Array(32).fill(2), 'zai', 'sk-secret'),
    accountKeyOf(salt, 'zais', 'k-secret'),
  ];
  expect(new Set([key, ...others]).size).toBe(5);
});
