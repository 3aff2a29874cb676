import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLog } from '../../src/relay/rotating-log.ts';
import { noModes, useScratchHome } from './scratch-home.ts';

const scratch = useScratchHome();
const now = () => Date.UTC(2026, 8, 7, 12);

function read(name = 'relay.log'): string {
  return readFileSync(join(scratch.home, name), 'utf8');
}

test('writes one dated line for each message, in order', async () => {
  const log = openLog({ path: join(scratch.home, 'relay.log'), now });
  log.log('info', 'listening');
  log.log('error', 'no more');
  await log.flush();
  expect(read()).toBe('2026-09-07T12:00:00.000Z info  listening\n2026-09-07T12:00:00.000Z error no more\n');
});

test('no text can forge a line, colour a terminal or turn the reading direction', async () => {
  const log = openLog({ path: join(scratch.home, 'relay.log'), now });
  log.log('warn', 'a\r\nb\u001b[31m\u0000c\u2028d\u202Ee\u0085f\tg');
  await log.flush();
  expect(read()).toBe('2026-09-07T12:00:00.000Z warn  a b[31mc def g\n');
});

test('cuts a line that is too long', async () => {
  const log = openLog({ path: join(scratch.home, 'relay.log'), now });
  log.log('info', 'x'.repeat(100_000));
  await log.flush();
  expect(read().length).toBeLessThan(2100);
});

test('keeps three files and drops the oldest', async () => {
  const log = openLog({ path: join(scratch.home, 'relay.log'), now, maxBytes: 100 });
  for (let n = 0; n < 12; n++) {
    log.log('info', `${n} ${'x'.repeat(60)}`);
    // oxlint-disable-next-line no-await-in-loop -- each line is a batch of its own
    await log.flush();
  }
  expect(readdirSync(scratch.home).toSorted()).toEqual(['relay.log', 'relay.log.1', 'relay.log.2']);
  const kept = ['relay.log.2', 'relay.log.1', 'relay.log'].map((name) => read(name)).join('');
  const numbers = [...kept.matchAll(/info {2}(\d+) /g)].map((match) => Number(match[1]));
  expect(numbers).toEqual([6, 7, 8, 9, 10, 11]);
  for (const name of readdirSync(scratch.home)) expect(statSync(join(scratch.home, name)).size).toBeLessThan(250);
});

test.skipIf(noModes)('only its owner can read it', async () => {
  const log = openLog({ path: join(scratch.home, 'relay.log'), now });
  log.log('info', 'secret');
  await log.flush();
  expect(statSync(join(scratch.home, 'relay.log')).mode & 0o777).toBe(0o600);
});

test('a log that cannot be written throws nothing and goes on once it can, saying how much was lost', async () => {
  const path = join(scratch.home, 'sub', 'relay.log');
  const log = openLog({ path, now });
  log.log('info', 'one');
  log.log('info', 'two');
  await log.flush();
  log.logNow('error', 'three');
  mkdirSync(join(scratch.home, 'sub'));
  log.log('info', 'four');
  await log.flush();
  expect(read('sub/relay.log')).toMatch(/four\n.*2 lines were not logged\n$/);
});

test('a flood is bounded in memory and its loss is said', async () => {
  const log = openLog({ path: join(scratch.home, 'relay.log'), now });
  for (let n = 0; n < 5000; n++) log.log('info', String(n));
  await log.flush();
  const lines = read().trimEnd().split('\n');
  expect(lines.length).toBeLessThan(2100);
  expect(read()).toMatch(/\d+ lines were not logged/);
});

test('last words are on disk when the call returns, behind what waited', () => {
  writeFileSync(join(scratch.home, 'relay.log'), '');
  const log = openLog({ path: join(scratch.home, 'relay.log'), now });
  log.logNow('error', 'the end');
  expect(read()).toContain('error the end\n');
});
