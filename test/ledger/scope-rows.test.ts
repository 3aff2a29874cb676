import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JudgedTurn, KeptFlag, ScopeRow } from '../../src/core/scope-record.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { T0 } from './exchanges.ts';

let folder: string;
let ledger: Ledger;

function open(): Ledger {
  const opened = openLedger({ path: join(folder, 'ledger.db') });
  if (!opened.ok) throw new Error(opened.message);
  return opened.ledger;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planward-scope-'));
  ledger = open();
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true });
});

function judged(n: number, change: Partial<JudgedTurn> = {}): ScopeRow {
  return {
    kind: 'judged',
    turn: {
      turnKey: `turn-${n}`,
      at: T0 + n,
      providerId: 'zai',
      accountKey: 'a',
      agentId: 'openclaw',
      decision: 'in-scope',
      reason: 'sum',
      pOffScope: 0.02,
      category: undefined,
      ruleId: 'task-scope',
      packId: 'zai',
      packVersion: '2026-09-07',
      ...change,
    },
  };
}

function aFlag(n: number, change: Partial<KeptFlag> = {}): KeptFlag {
  return {
    id: `flag-${n}`,
    at: T0 + n,
    exchangeId: 'x',
    providerId: 'zai',
    accountKey: 'a',
    agentId: 'openclaw',
    ruleId: 'task-scope',
    severity: 'warning',
    packId: 'zai',
    packVersion: '2026-09-07',
    decision: 'out-of-scope',
    pOffScope: 0.97,
    category: 'travel',
    because: 'the task is not coding',
    evidence: [{ feature: 'general agent', weight: 1.2, where: 'client' }],
    acted: 'passed',
    turnKey: `turn-${n}`,
    state: 'open',
    settledAt: undefined,
    reason: undefined,
    ...change,
  };
}
const flagged = (n: number, change?: Partial<KeptFlag>): ScopeRow => ({ kind: 'flag', flag: aFlag(n, change) });

test('flags come back whole, newest first, also after opening again', () => {
  ledger.appendScope([flagged(1), flagged(2, { accountKey: undefined, category: undefined, acted: 'blocked' })]);
  ledger.close();
  ledger = open();
  expect(ledger.flags(0, 10)).toEqual([
    aFlag(2, { accountKey: undefined, category: undefined, acted: 'blocked' }),
    aFlag(1),
  ]);
  expect(ledger.flags(T0 + 2, 10).map(({ id }) => id)).toEqual(['flag-2']);
  expect(ledger.flags(0, 1).map(({ id }) => id)).toEqual(['flag-2']);
});

test('no word of a prompt reaches the file, whoever hands it over', () => {
  const evidence = [
    { feature: 'a trip to Lisbon', weight: 3, where: 'text', start: 3, end: 19 },
    { feature: 'the hotel of yesterday', weight: 1, where: 'previous' },
    { feature: 'general agent', weight: 1, where: 'client' },
  ] as const;
  ledger.appendScope([flagged(1, { evidence })]);
  ledger.close();
  expect(readFileSync(join(folder, 'ledger.db')).includes('Lisbon')).toBe(false);
  expect(readFileSync(join(folder, 'ledger.db')).includes('hotel')).toBe(false);
  ledger = open();
  expect(ledger.flags(0, 1)[0]!.evidence).toEqual([{ feature: 'general agent', weight: 1, where: 'client' }]);
});

test("the user's word on a flag is kept with its reason", () => {
  ledger.appendScope([
    flagged(1),
    { kind: 'settled', flagId: 'flag-1', state: 'coding', at: T0 + 5, reason: 'release notes' },
    { kind: 'settled', flagId: 'nobody knows it', state: 'dismissed', at: T0 + 5, reason: undefined },
  ]);
  expect(ledger.flags(0, 10)).toEqual([aFlag(1, { state: 'coding', settledAt: T0 + 5, reason: 'release notes' })]);
});

test('a turn counts once however often it is judged, and apart once the user spoke of it', () => {
  ledger.appendScope([
    ...[1, 2, 3].map((n) => judged(n)),
    judged(1, { decision: 'out-of-scope' }),
    judged(4, { decision: 'unsure' }),
    ...[5, 6].map((n) => judged(n, { decision: 'out-of-scope' })),
    judged(7, { accountKey: undefined }),
    flagged(5),
    { kind: 'settled', flagId: 'flag-5', state: 'coding', at: T0 + 9, reason: undefined },
  ]);
  const { turns } = ledger.report({ since: T0, until: T0 + 100 });
  expect(turns).toEqual([
    { providerId: 'zai', accountKey: '', coding: 1, unsure: 0, other: 0, settled: 0 },
    { providerId: 'zai', accountKey: 'a', coding: 3, unsure: 1, other: 1, settled: 1 },
  ]);
  expect(ledger.report({ since: T0 + 50, until: T0 + 100 }).turns).toEqual([]);
});

test('what is past its retention is deleted, and no more', () => {
  ledger.appendScope([judged(0), judged(1000), flagged(0), flagged(1000)]);
  expect(ledger.prune(T0 + 500)).toEqual({ deleted: 2, more: false });
  expect(ledger.flags(0, 10).map(({ id }) => id)).toEqual(['flag-1000']);
  expect(ledger.report({ since: 0, until: T0 + 2000 }).turns).toMatchObject([{ coding: 1 }]);
});
