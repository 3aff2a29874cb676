import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Exchange } from '../../src/core/exchange.ts';
import type { Burn } from '../../src/core/usage.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { anExchange, T0 } from './exchanges.ts';

let folder: string;
let ledger: Ledger;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planward-turns-'));
  ledger = open('ledger.db');
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true });
});

function open(name: string): Ledger {
  const opened = openLedger({ path: join(folder, name) });
  if (!opened.ok) throw new Error(opened.message);
  return opened.ledger;
}

/** What the relay saw of answer `n`. */
function carried(n: number, change: Partial<Exchange> = {}): Exchange {
  return anExchange(n, { startedAt: T0 + n * 5000, responseId: `msg_${n}`, usage: usageOf(n), ...change });
}

/** The same answer as the agent wrote it down. */
function written(n: number, change: Partial<Exchange> = {}): Exchange {
  return anExchange(n, {
    id: `T${String(n).padStart(25, '0')}`,
    startedAt: T0 + n * 5000 + 700,
    durationMs: 0,
    accountKey: 'account-one',
    modelRequested: undefined,
    status: undefined,
    responseId: `msg_${n}`,
    usage: usageOf(n),
    seenBy: 'transcript',
    turnId: `cline:${n}`,
    ...change,
  });
}

function usageOf(n: number): NonNullable<Exchange['usage']> {
  return {
    inputTokens: 100 + n,
    cacheReadTokens: 60,
    cacheWriteTokens: 5,
    outputTokens: 20 + 2 * n,
    reasoningTokens: 0,
    exactness: 'reported',
  };
}

function totals(burns: readonly Burn[]): readonly number[] {
  const sum = (of: (burn: Burn) => number) => burns.reduce((all, burn) => all + of(burn), 0);
  return [
    sum((burn) => burn.requests),
    sum((burn) => burn.inputTokens),
    sum((burn) => burn.cacheReadTokens),
    sum((burn) => burn.outputTokens),
  ];
}

describe('a turn the relay saw and the agent wrote down', () => {
  const ONCE = [1, 101, 60, 22];

  test('counts once, whichever comes first', () => {
    ledger.append([carried(1)]);
    expect(ledger.appendTurns([written(1)])).toMatchObject({ added: 0, matched: 1, changes: [] });
    expect(totals(ledger.burnSince(0))).toEqual(ONCE);
    const other = open('other.db');
    expect(totals(other.appendTurns([written(1)]).changes)).toEqual(ONCE);
    const displaced = other.append([carried(1)]);
    expect(displaced).toMatchObject({ added: 1 });
    expect(totals(displaced.changes ?? [])).toEqual(ONCE.map((figure) => -figure));
    expect(totals(other.burnSince(0))).toEqual(ONCE);
    expect([ledger.count(), other.count()]).toEqual([1, 1]);
    other.close();
  });

  test('is the relay’s row afterwards, with the relay’s figures', () => {
    ledger.appendTurns([written(1, { usage: { ...usageOf(1), outputTokens: 3 } })]);
    ledger.append([carried(1)]);
    expect(ledger.recent(5)).toMatchObject([{ id: carried(1).id, usage: { outputTokens: 22 } }]);
  });

  test('is found without an id by agent, figures and time', () => {
    const nameless = { responseId: undefined };
    ledger.append([carried(1, nameless), carried(2, { ...nameless, agentId: 'unknown' })]);
    expect(ledger.appendTurns([written(1, nameless), written(2, nameless)])).toMatchObject({ matched: 2, added: 0 });
    expect(totals(ledger.burnSince(0))[0]).toBe(2);
  });

  test('is found by its time where the relay saw no final figures', () => {
    ledger.append([carried(1, { responseId: undefined, usage: undefined })]);
    expect(ledger.appendTurns([written(1, { responseId: undefined })])).toMatchObject({ matched: 1 });
    const other = open('other.db');
    other.appendTurns([written(1, { responseId: undefined })]);
    other.append([carried(1, { responseId: undefined, usage: undefined })]);
    expect(totals(other.burnSince(0))[0]).toBe(1);
    other.close();
  });

  test('is not mixed up with another one of the same figures', () => {
    const same = { responseId: undefined, usage: usageOf(1) };
    ledger.append([carried(1, same)]);
    const two = [written(1, same), written(2, { ...same, startedAt: T0 + 5900 })];
    expect(ledger.appendTurns(two)).toMatchObject({ matched: 1, added: 1 });
    expect(totals(ledger.burnSince(0))[0]).toBe(2);
  });

  test('is not looked for among refusals, other agents and other times', () => {
    const nameless = { responseId: undefined };
    ledger.append([
      carried(1, {
        ...nameless,
        status: 429,
        usage: undefined,
        error: { code: '1302', type: undefined, message: 'slow', inStream: false },
      }),
      carried(2, { ...nameless, agentId: 'claude-code' }),
      carried(3, { ...nameless, startedAt: T0 + 7_200_000 }),
    ]);
    const turns = [1, 2, 3].map((n) => written(n, nameless));
    expect(ledger.appendTurns(turns)).toMatchObject({ added: 3, matched: 0 });
  });
});

describe('a turn the agent wrote down', () => {
  test('counts once in however many copies of its file it stands', () => {
    ledger.appendTurns([written(1), written(1, { id: `U${'0'.repeat(25)}` })]);
    expect(ledger.appendTurns([written(1)])).toMatchObject({ known: 1, added: 0, changes: [] });
    expect(totals(ledger.burnSince(0))).toEqual([1, 101, 60, 22]);
  });

  test('grows with its later lines, and never shrinks', () => {
    const early = written(1, { usage: { ...usageOf(1), outputTokens: 1 } });
    ledger.appendTurns([early]);
    const { changes } = ledger.appendTurns([written(1)]);
    expect(totals(changes)).toEqual([0, 0, 0, 21]);
    ledger.appendTurns([early]);
    expect(totals(ledger.burnSince(0))).toEqual([1, 101, 60, 22]);
  });

  test('leaves nothing behind in any sum once the relay’s row takes its place', () => {
    const elsewhere = { accountKey: 'another', kind: 'sub-agent' as const, sessionKey: undefined };
    ledger.appendTurns([written(1, elsewhere)]);
    ledger.append([carried(1)]);
    expect(ledger.burnSince(0).map(({ accountKey }) => accountKey)).toEqual(['account-one']);
    expect(ledger.burnSince(0, T0 + 9e9).map(({ accountKey }) => accountKey)).toEqual(['account-one']);
    expect(ledger.agentsSeen(0)).toMatchObject([{ requests: 1 }]);
  });

  test('is in reports, and not among the exchanges', () => {
    ledger.appendTurns([written(1)]);
    expect(ledger.recent(5)).toEqual([]);
    expect(ledger.report({ since: 0, until: T0 * 2 }).counts).toMatchObject([{ requests: 1, inputTokens: 101 }]);
  });
});

test('whatever ways a session was seen in, in whatever order and batches, its totals are those of each way alone', () => {
  const COUNT = 8;
  const alone = [COUNT, ...totalsOf(COUNT).slice(1)];
  let run = 0;
  fc.assert(
    fc.property(
      fc.record({
        named: fc.boolean(),
        ways: fc.array(fc.constantFrom('relay', 'transcript', 'both'), { minLength: COUNT, maxLength: COUNT }),
        order: fc.array(fc.nat(1000), { minLength: 3 * COUNT, maxLength: 3 * COUNT }),
        batch: fc.integer({ min: 1, max: 7 }),
        copies: fc.integer({ min: 1, max: 2 }),
      }),
      ({ named, ways, order, batch, copies }) => {
        const id = named ? {} : { responseId: undefined };
        const events = ways.flatMap((way, n): readonly Exchange[] => [
          ...(way === 'transcript' ? [] : [carried(n, id)]),
          // A first line with few tokens, then the whole; and both once more from a copy.
          ...(way === 'relay'
            ? []
            : Array.from({ length: copies }, () => [
                ...(named ? [written(n, { ...id, usage: { ...usageOf(n), outputTokens: 1 } })] : []),
                written(n, id),
              ]).flat()),
        ]);
        const shuffled = events
          .map((event, index) => [order[index % order.length]!, index, event] as const)
          .toSorted(([a, i], [b, j]) => a - b || i - j)
          .map(([, , event]) => event);
        const seen = open(`run-${run++}.db`);
        const running: Burn[] = [];
        for (let at = 0; at < shuffled.length; at += batch) {
          const some = shuffled.slice(at, at + batch);
          const relayed = some.filter(({ seenBy }) => seenBy === undefined);
          running.push(...seen.appendTurns(some.filter(({ seenBy }) => seenBy !== undefined)).changes);
          running.push(...(seen.append(relayed).changes ?? []));
        }
        const kept = totals(seen.burnSince(0));
        const count = seen.count();
        seen.close();
        expect(kept).toEqual(alone);
        expect(count).toBe(COUNT);
        // The running totals a relay keeps: its own exchanges, and what the ledger corrects.
        const relayed = totalsOfRows(events.filter(({ seenBy }) => seenBy === undefined));
        expect(totals(running).map((figure, index) => figure + relayed[index]!)).toEqual(alone);
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);

function totalsOf(count: number): readonly number[] {
  return totalsOfRows(Array.from({ length: count }, (_, n) => carried(n)));
}

function totalsOfRows(rows: readonly Exchange[]): readonly number[] {
  const sum = (of: (usage: NonNullable<Exchange['usage']>) => number) =>
    rows.reduce((all, row) => all + of(row.usage!), 0);
  return [
    rows.length,
    sum((usage) => usage.inputTokens),
    sum((usage) => usage.cacheReadTokens),
    sum((usage) => usage.outputTokens),
  ];
}
