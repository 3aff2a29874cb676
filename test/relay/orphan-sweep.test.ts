import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { markRunning, sweepOrphans } from '../../src/relay/orphan-sweep.ts';
import { useScratchHome } from './scratch-home.ts';

const scratch = useScratchHome();

function fill(...names: string[]): void {
  for (const name of names) writeFileSync(join(scratch.home, name), '');
}

function sweep(alive: readonly number[] = []): string[] {
  const deps = { home: scratch.home, runningVersion: '0.10.0', now: Date.now() };
  return sweepOrphans({ ...deps, isAlive: (pid) => alive.includes(pid) }).toSorted();
}

test('removes older programs, and keeps the running one, newer ones and everything else', () => {
  const kept = [
    'endpoint.json',
    'ledger.db',
    'ledger.db.corrupt-20260907T120000Z',
    'relay-0.10.0.bin',
    'relay-0.10.0.cjs',
    'relay-0.11.0.cjs',
    'relay-notes.txt',
    'relay.log',
    'salt',
  ];
  const gone = ['relay-0.2.10.cjs', 'relay-0.9.0.bin', 'relay-0.9.0.cjs', 'relay-0.9.0.cjs.map'];
  fill(...kept, ...gone);
  expect(sweep()).toEqual(gone);
  expect(readdirSync(scratch.home).toSorted()).toEqual(kept);
});

test('keeps an older program as long as a live process has marked it', () => {
  fill('relay-0.9.0.cjs', 'relay-0.8.0.cjs');
  const unmark = markRunning(scratch.home, '0.9.0', 4711);
  markRunning(scratch.home, '0.8.0', 4712);
  expect(sweep([4711])).toEqual(['relay-0.8.0.4712.pid', 'relay-0.8.0.cjs']);
  unmark();
  expect(sweep([4711])).toEqual(['relay-0.9.0.cjs']);
});

test('removes half-written files of dead processes, and of live ones after an hour', () => {
  fill('salt.1.1788000000000.tmp', 'relay-0.10.0.cjs.2.1788000000000.tmp', 'settings.json.2.1788000000001.tmp');
  const old = new Date(Date.now() - 2 * 3_600_000);
  utimesSync(join(scratch.home, 'settings.json.2.1788000000001.tmp'), old, old);
  expect(sweep([2])).toEqual(['salt.1.1788000000000.tmp', 'settings.json.2.1788000000001.tmp']);
});

test('knows this process as alive', () => {
  fill('relay-0.9.0.cjs');
  markRunning(scratch.home, '0.9.0', process.pid);
  expect(sweepOrphans({ home: scratch.home, runningVersion: '0.10.0', now: Date.now() })).toEqual([]);
});

test('a home that cannot be read or written costs nothing', () => {
  markRunning(scratch.blocked, '0.9.0', 1)();
  expect(sweepOrphans({ home: scratch.blocked, runningVersion: '0.10.0', now: 0 })).toEqual([]);
});
