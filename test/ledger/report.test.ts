import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { array, assert, integer, property, record } from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Exchange } from '../../src/core/exchange.ts';
import { MIGRATIONS } from '../../src/ledger/migrations.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { anExchange, T0 } from './exchanges.ts';

let folder: string;
let ledger: Ledger;

function open(): Ledger {
  const opened = openLedger({ path: join(folder, 'ledger.db'), busyTimeoutMs: 50 });
  if (!opened.ok) throw new Error(opened.message);
  return opened.ledger;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planward-report-'));
  ledger = open();
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true });
});

const DAY = 86_400_000;
const ALL = { since: 0, until: T0 + 400 * DAY };
const refused = (n: number, change: Partial<Exchange> = {}) =>
  anExchange(n, {
    status: 429,
    usage: undefined,
    modelServed: undefined,
    error: { code: '1302', type: undefined, message: `Rate limit reached (${n})`, inStream: false },
    ...change,
  });

describe('counts', () => {
  test('go by UTC day, account, agent, model and how a request ended', () => {
    ledger.append([
      anExchange(1),
      anExchange(2),
      anExchange(3, { startedAt: T0 + DAY }),
      refused(4),
      anExchange(5, { outcome: 'aborted' }),
      anExchange(6, { outcome: 'refused', status: 402 }),
      anExchange(7, { agentId: 'openclaw', accountKey: undefined }),
    ]);
    const { counts, complete, since } = ledger.report(ALL);
    expect([complete, since]).toEqual([true, 0]);
    expect(
      counts.map(({ day, agentId, model, result, requests, inputTokens, outputTokens }) =>
        [day, agentId, model, result, requests, inputTokens, outputTokens].join(' '),
      ),
    ).toEqual([
      '2026-09-07 cline glm-5.1 completed 2 200 40',
      '2026-09-07 cline glm-5 failed 1 0 0',
      '2026-09-07 cline glm-5.1 aborted 1 100 20',
      '2026-09-07 cline glm-5.1 refused 1 100 20',
      '2026-09-07 openclaw glm-5.1 completed 1 100 20',
      '2026-09-08 cline glm-5.1 completed 1 100 20',
    ]);
    expect(counts.find(({ agentId }) => agentId === 'openclaw')?.accountKey).toBe('');
  });

  test('hold only the span, its first instant included and its last one not', () => {
    ledger.append([anExchange(1), anExchange(2), anExchange(3)]);
    const { counts } = ledger.report({ since: T0 + 1000, until: T0 + 3000 });
    expect(counts.map(({ requests }) => requests)).toEqual([2]);
  });

  test('are the same whatever the number of pages', () => {
    const starts = array(record({ at: integer({ min: 0, max: 50 }), ms: integer({ min: 1, max: 5000 }) }), {
      minLength: 1,
      maxLength: 40,
    });
    let n = 0;
    assert(
      property(starts, (rows) => {
        const from = T0 + DAY * ++n;
        ledger.append(
          rows.map(({ at, ms }, i) => anExchange(n * 1000 + i, { startedAt: from + at * 100, durationMs: ms })),
        );
        const { load, counts } = ledger.report({ since: from, until: from + DAY });
        const naive = Math.max(
          ...rows.map(({ at }) => rows.filter((o) => o.at <= at && o.at * 100 + o.ms > at * 100).length),
        );
        expect(load[0]).toMatchObject({ requests: rows.length, peakInFlight: naive, peakPerMinute: rows.length });
        expect(counts.reduce((sum, { requests }) => sum + requests, 0)).toBe(rows.length);
      }),
      { numRuns: 30 },
    );
  });

  test('more rows than a page are all read', () => {
    ledger.append(Array.from({ length: 9000 }, (_, n) => anExchange(n, { startedAt: T0 + Math.floor(n / 3) })));
    const { counts, load } = ledger.report(ALL);
    expect(counts[0]?.requests).toBe(9000);
    expect(load[0]?.requests).toBe(9000);
  });
});

describe('load', () => {
  test('counts what was under way at once and what began within a minute, by account, chat requests only', () => {
    ledger.append([
      anExchange(0, { durationMs: 10_000 }),
      anExchange(1, { durationMs: 10_000 }),
      anExchange(2, { durationMs: 10_000, operation: 'models' }),
      anExchange(3, { durationMs: 10_000, outcome: 'refused' }),
      anExchange(4, { durationMs: 10_000, accountKey: 'account-two' }),
      anExchange(70, { durationMs: 500 }),
      anExchange(71, { durationMs: 500 }),
      anExchange(72, { durationMs: 500 }),
    ]);
    expect(ledger.report(ALL).load).toMatchObject([
      {
        accountKey: 'account-one',
        requests: 5,
        peakInFlight: 2,
        peakInFlightAt: T0 + 1000,
        peakPerMinute: 3,
        peakPerMinuteAt: T0 + 72_000,
      },
      { accountKey: 'account-two', requests: 1, peakInFlight: 1 },
    ]);
  });

  test('a refusal that was waited out is sent once more, but not under way beside its own request', () => {
    ledger.append([
      anExchange(1, { durationMs: 9000 }),
      refused(2, { startedAt: T0 + 1000, outcome: 'absorbed', durationMs: 300 }),
    ]);
    expect(ledger.report(ALL).load).toMatchObject([{ peakInFlight: 1, peakPerMinute: 2 }]);
  });
});

describe('failures', () => {
  test('come newest first with what was under way, the id the provider gave and the agent that asked', () => {
    ledger.append([
      anExchange(1, { durationMs: 60_000 }),
      refused(2, { requestId: '20260907abc', agentProduct: 'cline/3.2.1', policyCode: undefined }),
      anExchange(3, { outcome: 'upstream-failed', status: undefined, usage: undefined }),
    ]);
    const { failures, failureCount } = ledger.report(ALL);
    expect(failureCount).toBe(2);
    expect(failures.map(({ at }) => at)).toEqual([T0 + 3000, T0 + 2000]);
    expect(failures[1]).toMatchObject({
      code: '1302',
      status: 429,
      model: 'glm-5',
      requestId: '20260907abc',
      agentProduct: 'cline/3.2.1',
      inFlight: 2,
      perMinute: 2,
    });
  });

  test('are listed up to a thousand and counted beyond, and grouped by what they say', () => {
    ledger.append(Array.from({ length: 2500 }, (_, n) => refused(n)));
    ledger.append([
      refused(2501, { error: { code: '1313', type: undefined, message: 'Fair Usage', inStream: false } }),
    ]);
    const { failures, failureCount, groups } = ledger.report(ALL);
    expect([failures.length, failureCount]).toEqual([1000, 2501]);
    expect(groups.map(({ code, count }) => [code, count])).toEqual([
      ['1302', 2500],
      ['1313', 1],
    ]);
    expect(groups[0]?.message).toBe('Rate limit reached (2499)');
  });
});

test('policy refusals are found by their code, newest first, those of unknown accounts too', () => {
  ledger.append([
    refused(1),
    refused(2, { policyCode: '1313' }),
    refused(3, { policyCode: '1121', accountKey: undefined }),
  ]);
  expect(ledger.policyRefusals(0)).toEqual([
    { providerId: 'zai', accountKey: '', at: T0 + 3000, code: '1121' },
    { providerId: 'zai', accountKey: 'account-one', at: T0 + 2000, code: '1313' },
  ]);
  expect(ledger.policyRefusals(T0 + 2500)).toHaveLength(1);
});

test('a report and the search for policy refusals use indexes', async () => {
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(join(folder, 'ledger.db'), { readOnly: true });
  const plan = (sql: string) =>
    db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => String(detail))
      .join('; ');
  expect(
    plan(`SELECT * FROM exchange WHERE (started_at, id) > (1, 'a') AND started_at < 9 ORDER BY started_at, id LIMIT 5`),
  ).toMatch(/^SEARCH exchange USING INDEX exchange_by_start \((?!.*TEMP B-TREE)/);
  expect(
    plan(
      'SELECT started_at FROM exchange WHERE policy_code IS NOT NULL AND started_at >= 1 ORDER BY started_at DESC LIMIT 5',
    ),
  ).toContain('exchange_by_policy');
  db.close();
});

test('a ledger from before reports is brought up to date with its rows, and counts as one without policy stops', async () => {
  const { DatabaseSync } = await import('node:sqlite');
  ledger.close();
  rmSync(join(folder, 'ledger.db'));
  const db = new DatabaseSync(join(folder, 'ledger.db'));
  db.exec(MIGRATIONS[0]!);
  db.exec(`INSERT INTO exchange (id, started_at, provider_id, agent_id, operation, request_reading, outcome, status,
    duration_ms, request_bytes, response_bytes, error_code, error_message) VALUES ('01', ${T0}, 'zai', 'cline', 'chat', 'read',
    'completed', 429, 10, 1, 1, '1313', 'Fair Usage Policy')`);
  db.exec('PRAGMA user_version = 1');
  db.close();
  ledger = open();
  expect(ledger.policyRefusals(0)).toEqual([]);
  expect(ledger.report(ALL)).toMatchObject({ failureCount: 1, failures: [{ code: '1313', requestId: undefined }] });
  ledger.append([refused(3, { policyCode: '1313' })]);
  expect(ledger.policyRefusals(0)).toHaveLength(1);
});

test('a ledger from before sessions keeps its burns, of a kind and session that are not known', async () => {
  const { DatabaseSync } = await import('node:sqlite');
  ledger.close();
  rmSync(join(folder, 'ledger.db'));
  const db = new DatabaseSync(join(folder, 'ledger.db'));
  db.exec(MIGRATIONS[0]! + MIGRATIONS[1]!);
  for (const [table, start] of [
    ['burn', T0],
    ['burn_quarter', T0 - 900_000],
  ] as const) {
    db.exec(`INSERT INTO ${table} VALUES (${start}, 'zai', 'a', 'glm-5', 'cline', 3, ${start + 5}, 2, 100, 10, 1, 20)`);
  }
  db.exec('PRAGMA user_version = 2');
  db.close();
  ledger = open();
  const kept = { providerId: 'zai', accountKey: 'a', model: 'glm-5', agentId: 'cline', requests: 2 };
  const tokens = { inputTokens: 100, cacheReadTokens: 10, cacheWriteTokens: 1, outputTokens: 20 };
  expect(ledger.burnSince(T0 - 900_000, T0)).toEqual([
    { minuteAt: T0 - 900_000, ...kept, ...tokens },
    { minuteAt: T0, ...kept, ...tokens },
  ]);
  expect(ledger.agentsSeen(0)).toMatchObject([{ agentId: 'cline', requests: 3 }]);
});
