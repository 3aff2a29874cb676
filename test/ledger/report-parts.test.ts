import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../src/core/exchange.ts';
import { createLedger, type Ledger } from '../../src/ledger/ledger.ts';
import { migrate } from '../../src/ledger/migrations.ts';
import { anExchange, T0 } from './exchanges.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ALL = { since: 0, until: T0 + 400 * DAY };

function open(): { readonly db: DatabaseSync; readonly ledger: Ledger } {
  const db = new DatabaseSync(':memory:');
  migrate(db);
  return { db, ledger: createLedger(db) };
}

const partsOf = (db: DatabaseSync): readonly (readonly [spanMs: number, beginsAt: number])[] =>
  db
    .prepare('SELECT span_ms, begins_at FROM report_part ORDER BY span_ms DESC, begins_at')
    .all()
    .map((row) => [Number(row['span_ms']), Number(row['begins_at'])]);

function settle(ledger: Ledger, quiet = true): void {
  for (let steps = 0; ledger.settleReports(() => true, quiet); steps += 1)
    if (steps > 1000) throw new Error('never ends');
}

/** The same report with nothing to lean on. */
function afresh(db: DatabaseSync, span: { since: number; until: number }): ReturnType<Ledger['report']> {
  const kept = db.prepare('SELECT * FROM report_part').all();
  db.exec('DELETE FROM report_part');
  try {
    return createLedger(db).report(span);
  } finally {
    const put = db.prepare('INSERT INTO report_part VALUES (?, ?, ?, ?)');
    for (const row of kept) put.run(row['span_ms']!, row['begins_at']!, row['body']!, row['failures']!);
  }
}

const row = fc.record({
  // Some close together, some hours and days apart.
  at: fc.oneof(
    fc.integer({ min: 0, max: 3 * MINUTE }),
    fc.integer({ min: 0, max: 2 * HOUR }),
    fc.integer({ min: 0, max: 4 * DAY }),
  ),
  ms: fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 5 * HOUR })),
  who: fc.integer({ min: 0, max: 2 }),
  fate: fc.constantFrom('ok', 'ok', 'ok', 'failed', 'refused', 'absorbed', 'aborted', 'cut'),
});
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;
const step = fc.oneof(
  { weight: 4, arbitrary: fc.array(row, { minLength: 1, maxLength: 12 }).map((rows) => ({ rows })) },
  { weight: 3, arbitrary: fc.record({ slices: fc.integer({ min: 0, max: 30 }), quiet: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ prune: fc.integer({ min: 0, max: 3 * DAY }) }) },
  { weight: 1, arbitrary: fc.constant({ restart: true }) },
);

function exchangeOf({ at, ms, who, fate }: Row, n: number): Exchange {
  const error = { code: who === 0 ? '1302' : undefined, type: undefined, message: `no ${n % 3}`, inStream: false };
  return anExchange(n, {
    startedAt: T0 + at,
    durationMs: ms,
    accountKey: who === 2 ? undefined : `account-${who}`,
    agentProduct: `cline/3.${n % 9}`,
    ...(fate === 'failed' ? { status: 429, error, usage: undefined } : {}),
    ...(fate === 'refused' ? { outcome: 'refused' } : {}),
    ...(fate === 'absorbed' ? { outcome: 'absorbed', status: 429, error } : {}),
    ...(fate === 'aborted' ? { outcome: 'aborted' } : {}),
    ...(fate === 'cut' ? { outcome: 'upstream-failed', status: undefined } : {}),
  });
}

/** As the words of a report say it, counted one by one. */
function naivePeaks(rows: readonly Exchange[], accountKey: string): readonly [inFlight: number, perMinute: number] {
  const sent = rows.filter((each) => each.accountKey === accountKey && each.outcome !== 'refused');
  const order = (a: Exchange, b: Exchange) => a.startedAt - b.startedAt || a.id.localeCompare(b.id);
  const before = (each: Exchange) => sent.filter((other) => order(other, each) <= 0);
  const whole = sent.filter(({ outcome }) => outcome !== 'absorbed');
  return [
    Math.max(
      0,
      ...whole.map(
        (each) =>
          before(each).filter(
            (o) => o.outcome !== 'absorbed' && (o === each || o.startedAt + o.durationMs > each.startedAt),
          ).length,
      ),
    ),
    Math.max(0, ...sent.map((each) => before(each).filter((o) => o.startedAt > each.startedAt - MINUTE).length)),
  ];
}

describe('kept parts of reports', () => {
  test('say the same as the exchanges themselves, however these came, were pruned and the parts were made', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 2, maxLength: 14 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 4 * DAY }), fc.integer({ min: 1, max: 4 * DAY })), {
          minLength: 2,
          maxLength: 4,
        }),
        (steps, spans) => {
          const { db, ledger: first } = open();
          let ledger = first;
          let rows: Exchange[] = [];
          let n = 0;
          for (const each of steps) {
            if ('rows' in each) {
              const batch = each.rows.map((made) => exchangeOf(made, ++n));
              ledger.append(batch);
              rows.push(...batch);
            } else if ('prune' in each) {
              while (ledger.prune(T0 + each.prune, 5).more);
              rows = rows.filter(({ startedAt }) => startedAt >= T0 + each.prune);
            } else if ('restart' in each) ledger = createLedger(db);
            else {
              for (let slice = 0; slice < each.slices; slice += 1) ledger.settleReports(() => false, each.quiet);
            }
          }
          for (const [from, long] of [...spans, [-T0, 400 * DAY] as const]) {
            const span = { since: T0 + from, until: T0 + from + long };
            expect(ledger.report(span)).toEqual(afresh(db, span));
          }
          const all = ledger.report(ALL);
          settle(ledger);
          expect(ledger.report(ALL)).toEqual(all);
          expect(all.counts.reduce((sum, { requests }) => sum + requests, 0)).toBe(rows.length);
          for (const { accountKey, peakInFlight, peakPerMinute } of all.load.filter((load) => load.accountKey !== '')) {
            expect([peakInFlight, peakPerMinute]).toEqual(naivePeaks(rows, accountKey));
          }
          db.close();
        },
      ),
      { numRuns: 30 },
    );
  }, 60_000);

  test('are days and hours that are over, and minutes of the newest hour', () => {
    const { db, ledger } = open();
    // T0 is at noon.
    ledger.append(
      [0, DAY, DAY + HOUR, DAY + HOUR + MINUTE, DAY + HOUR + 2 * MINUTE].map((after, n) =>
        anExchange(n, { startedAt: T0 + after }),
      ),
    );
    settle(ledger, false);
    const written = [
      [DAY, T0 - 12 * HOUR],
      [HOUR, T0],
      [HOUR, T0 + DAY],
      [MINUTE, T0 + DAY + HOUR],
      [MINUTE, T0 + DAY + HOUR + MINUTE],
    ];
    expect(partsOf(db)).toEqual(written);
    settle(ledger, true);
    expect(partsOf(db)).toEqual([...written, [MINUTE, T0 + DAY + HOUR + 2 * MINUTE]]);
    db.close();
  });

  test('are deleted where an exchange comes late, and only there', () => {
    const { db, ledger } = open();
    ledger.append([0, HOUR, DAY, 2 * DAY].map((after, n) => anExchange(n, { startedAt: T0 + after })));
    settle(ledger);
    const before = partsOf(db);
    ledger.append([anExchange(9, { startedAt: T0 + HOUR + 5, durationMs: 10 })]);
    expect(partsOf(db)).toEqual(
      before.filter(
        ([spanMs, at]) => !(spanMs === DAY && at === T0 - 12 * HOUR) && !(spanMs === HOUR && at === T0 + HOUR),
      ),
    );
    settle(ledger);
    expect(partsOf(db)).toEqual(before);
    expect(ledger.report(ALL).load[0]?.requests).toBe(5);
    db.close();
  });

  test('are made a step at a time, and what is made stays when the program ends in between', () => {
    const { db, ledger } = open();
    ledger.append(Array.from({ length: 300 }, (_, n) => anExchange(n, { startedAt: T0 + n * HOUR })));
    for (let slice = 0; slice < 100; slice += 1) expect(ledger.settleReports(() => false, true)).toBe(true);
    const made = partsOf(db);
    expect(made.length).toBeGreaterThan(10);
    const next = createLedger(db);
    settle(next);
    expect(partsOf(db).filter(([spanMs]) => spanMs === DAY)).toHaveLength(12);
    expect(partsOf(db)).toEqual(expect.arrayContaining(made.map((part) => [...part])));
    db.close();
  });

  test('that are damaged are made from the exchanges again', () => {
    const { db, ledger } = open();
    ledger.append([anExchange(1), anExchange(2, { startedAt: T0 + 2 * DAY })]);
    settle(ledger);
    const told = ledger.report(ALL);
    db.exec(`UPDATE report_part SET body = '{"counts":'`);
    expect(ledger.report(ALL)).toEqual(told);
    db.close();
  });
});
