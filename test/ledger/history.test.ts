import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HistoryAsk } from '../../src/ledger/history-ask.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { MIGRATIONS } from '../../src/ledger/migrations.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { aLimit, anExchange, T0 } from './exchanges.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WHO = { providerId: 'zai', accountKey: 'account-one' };

/** Traffic that does not say what it belongs to. */
const UNTOLD = { kind: undefined, sessionKey: undefined, workspaceKey: undefined };

let folder: string;
let ledger: Ledger;

function open(): Ledger {
  const opened = openLedger({ path: join(folder, 'ledger.db') });
  if (!opened.ok) throw new Error(opened.message);
  return opened.ledger;
}

function ask(over: Partial<HistoryAsk> = {}): HistoryAsk {
  const edges = Array.from({ length: 5 }, (_, i) => T0 + i * HOUR);
  return { ...WHO, edges, grain: 'hour', offsets: [{ from: 0, offsetMs: 0 }], windows: [], ...over };
}

const fiveHours = (startsAt: number | undefined) => ({
  shortestMs: 4.9 * HOUR,
  longestMs: 5.1 * HOUR,
  model: '',
  startsAt,
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planward-history-'));
  ledger = open();
});

afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('burn', () => {
  const some = [
    anExchange(1, { startedAt: T0 + 60_000, agentId: 'cline', kind: 'main', sessionKey: 's1' }),
    anExchange(2, { ...UNTOLD, startedAt: T0 + 120_000, agentId: 'claude-code', kind: 'overhead' }),
    anExchange(3, { ...UNTOLD, startedAt: T0 + 2 * HOUR, agentId: 'claude-code', modelServed: 'glm-5-air' }),
    anExchange(4, { startedAt: T0 + HOUR, accountKey: 'another' }),
    anExchange(5, { startedAt: T0 + HOUR, usage: undefined, outcome: 'refused' }),
  ];

  test('is told apart by agent, model, kind and session in each bucket, largest first', () => {
    ledger.append(some);
    const { burn, knownFrom } = ledger.history(ask());
    expect(knownFrom).toBe(T0);
    expect(burn.agent).toEqual([
      { id: 'claude-code', requests: [1, 0, 1, 0], tokens: [120, 0, 120, 0] },
      { id: 'cline', requests: [1, 0, 0, 0], tokens: [120, 0, 0, 0] },
    ]);
    expect(burn.model.map(({ id, input, cacheRead }) => [id, input, cacheRead])).toEqual([
      ['glm-5.1', [200, 0, 0, 0], [120, 0, 0, 0]],
      ['glm-5-air', [0, 0, 100, 0], [0, 0, 60, 0]],
    ]);
    expect(burn.kind.map(({ id }) => id).toSorted()).toEqual(['main', 'overhead', 'unknown']);
    expect(burn.session.map(({ id }) => id)).toEqual(['unknown', 's1']);
  });

  test.each(['minute', 'quarter'] as const)('read by the %s says the same as by the hour', (grain) => {
    ledger.append(some);
    const hours = ledger.history(ask());
    const fine = ledger.history(ask({ grain }));
    for (const dim of ['agent', 'model', 'kind', 'session'] as const) {
      const sums = (rows: typeof hours) =>
        Object.fromEntries(rows.burn[dim].map(({ id, tokens, requests }) => [id, { tokens, requests }]));
      expect(sums(fine)).toEqual(sums(hours));
    }
  });

  test('of more than eight is added up as others, and nothing is lost', () => {
    const many = Array.from({ length: 30 }, (_, n) =>
      anExchange(n, { startedAt: T0 + (n % 4) * HOUR, agentId: `agent-${n % 12}`, modelServed: `model-${n % 12}` }),
    );
    ledger.append(many);
    for (const grain of ['hour', 'quarter'] as const) {
      const { burn } = ledger.history(ask({ grain }));
      for (const dim of ['agent', 'model'] as const) {
        expect(burn[dim]).toHaveLength(9);
        expect(burn[dim].at(-1)?.id).toBe('other');
        expect(burn[dim].flatMap(({ tokens }) => tokens).reduce((sum, tokens) => sum + tokens, 0)).toBe(30 * 120);
        expect(burn[dim].flatMap(({ requests }) => requests).every((requests) => requests >= 0)).toBe(true);
      }
    }
  });

  test('by hour of the week is cut where the user is', () => {
    // T0 is Monday 12:00 UTC; in Shanghai that is 20:00.
    ledger.append([anExchange(1, { startedAt: T0 })]);
    const slots = (offsetMs: number) =>
      ledger
        .history(ask({ offsets: [{ from: 0, offsetMs }] }))
        .week.requests.flatMap((requests, slot) => (requests > 0 ? [slot] : []));
    expect(slots(0)).toEqual([12]);
    expect(slots(8 * HOUR)).toEqual([20]);
    expect(slots(-13 * HOUR)).toEqual([167]);
  });

  test('of a year in days reads the same sums as its hours', () => {
    const year = Array.from({ length: 400 }, (_, n) => anExchange(n, { startedAt: T0 + n * 22 * HOUR }));
    ledger.append(year);
    const edges = Array.from({ length: 366 }, (_, i) => T0 + i * DAY);
    const [series] = ledger.history(ask({ edges })).burn.agent;
    const expected = edges
      .slice(1)
      .map((end, i) => year.filter(({ startedAt }) => startedAt >= edges[i]! && startedAt < end).length);
    expect(series?.requests).toEqual(expected);
  });
});

describe('windows', () => {
  const reading = (minutes: number, usedFraction: number, resetsAt = T0 + 5 * HOUR) =>
    aLimit({ seenAt: T0 + minutes * 60_000, usedFraction, resetsAt, used: undefined, remaining: undefined });

  test('the fullest reading of each bucket is told, and none where none was read', () => {
    ledger.appendLimits([{ ...WHO, limits: [reading(5, 0.1), reading(50, 0.3), reading(55, 0.2), reading(130, 0.6)] }]);
    for (const grain of ['hour', 'minute'] as const) {
      const [window] = ledger.history(ask({ grain, windows: [fiveHours(T0)] })).windows;
      expect(window?.peaks).toEqual([0.3, null, 0.6, null]);
    }
  });

  test('the present cycle has its readings, and nothing of the one before', () => {
    ledger.appendLimits([{ ...WHO, limits: [reading(5, 0.9, T0 + 600_000), reading(70, 0.1), reading(130, 0.4)] }]);
    const [window] = ledger.history(ask({ windows: [fiveHours(T0 + HOUR)] })).windows;
    expect(window?.points).toEqual([
      [T0 + 70 * 60_000, 0.1],
      [T0 + 130 * 60_000, 0.4],
    ]);
  });

  test('a cycle says what was burned between its readings, peak hours apart', () => {
    ledger.append([
      anExchange(1, { startedAt: T0 + HOUR }),
      anExchange(2, { startedAt: T0 + 2 * HOUR }),
      anExchange(3, { startedAt: T0 + 3 * HOUR }),
    ]);
    ledger.appendLimits([{ ...WHO, limits: [reading(5, 0.1), reading(60, 0.2), reading(210, 0.6)] }]);
    const peak = { weekdays: 0b1, offsetMs: 0, startHour: 14, endHour: 15 };
    const [window] = ledger.history(ask({ peak, windows: [fiveHours(T0)] })).windows;
    expect(window?.cycles).toHaveLength(1);
    expect(window?.cycles[0]?.over).toBeCloseTo(0.5);
    expect(window?.cycles[0]?.burns.map(({ minuteAt, requests }) => [(minuteAt - T0) / HOUR, requests])).toEqual(
      expect.arrayContaining([
        [2, 1],
        [1, 2],
      ]),
    );
  });

  test('readings of another length or model are not taken for it', () => {
    ledger.appendLimits([{ ...WHO, limits: [reading(5, 0.5)] }]);
    const week = { shortestMs: 6 * DAY, longestMs: 8 * DAY, model: '', startsAt: undefined };
    const scoped = { ...fiveHours(undefined), model: 'glm-5' };
    const { windows } = ledger.history(ask({ windows: [week, scoped] }));
    expect(windows.map(({ peaks }) => peaks.every((peak) => peak === null))).toEqual([true, true]);
  });
});

test('refusals are counted by the hour and code, those for terms marked', () => {
  const failed = (n: number, code: string, policyCode?: string) =>
    anExchange(n, {
      startedAt: T0 + n * 60_000,
      status: 429,
      usage: undefined,
      error: { code, type: undefined, message: 'no', inStream: false },
      ...(policyCode === undefined ? {} : { policyCode }),
    });
  ledger.append([failed(1, '1302'), failed(2, '1302'), failed(70, '1302'), failed(80, '1313', '1313')]);
  expect(ledger.history(ask()).failures).toEqual([
    { at: T0 + 60_000, code: '1302', count: 2, policy: false },
    { at: T0 + 70 * 60_000, code: '1302', count: 1, policy: false },
    { at: T0 + 80 * 60_000, code: '1313', count: 1, policy: true },
  ]);
});

test('what is past its retention is in no chart any more', () => {
  ledger.append([anExchange(1), anExchange(2, { startedAt: T0 + 3 * HOUR })]);
  ledger.prune(T0 + 2 * HOUR);
  expect(ledger.history(ask()).burn.agent[0]?.requests).toEqual([0, 0, 0, 1]);
});

test('a ledger from before charts has its past in them', () => {
  ledger.append([anExchange(1), anExchange(2, { startedAt: T0 + 2 * HOUR })]);
  ledger.appendLimits([{ ...WHO, limits: [aLimit({ seenAt: T0 + 60_000 })] }]);
  const before = ledger.history(ask({ windows: [fiveHours(T0)] }));
  ledger.close();
  const db = new DatabaseSync(join(folder, 'ledger.db'));
  db.exec('DROP TABLE burn_hour; DROP TABLE limit_hour; DROP TABLE failure_hour');
  db.exec(`PRAGMA user_version = ${MIGRATIONS.findIndex((step) => step.includes('CREATE TABLE burn_hour'))}`);
  // Steps that came after this one find their own tables already: only this one is run again.
  db.exec(MIGRATIONS.find((step) => step.includes('CREATE TABLE burn_hour'))!);
  db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  db.close();
  ledger = open();
  expect(ledger.history(ask({ windows: [fiveHours(T0)] }))).toEqual(before);
});
