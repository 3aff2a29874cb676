import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { array, assert, integer, property } from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { aLimit, anExchange, T0 } from './exchanges.ts';

let folder: string;
let path: string;
let ledger: Ledger;

function open(at: string): Ledger {
  const opened = openLedger({ path: at, busyTimeoutMs: 50 });
  if (!opened.ok) throw new Error(opened.message);
  return opened.ledger;
}

function readAll(from: Ledger): unknown[] {
  return [from.burnSince(0), from.count(), from.agentsSeen(0), from.latestLimits()];
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planward-ledger-'));
  path = join(folder, 'ledger.db');
  ledger = open(path);
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true });
});

describe('append', () => {
  test('keeps every field of an exchange', () => {
    ledger.append([
      anExchange(1, {
        error: { code: '1302', type: 'rate_limit_error', message: 'slow down', inStream: true },
        requestId: 'req_011',
        agentProduct: 'claude-cli/2.1.4',
        policyCode: '1313',
        responseId: 'msg_1',
      }),
    ]);
    const db = new DatabaseSync(path);
    const row = { ...db.prepare('SELECT * FROM exchange').get() };
    db.close();
    expect(row).toEqual({
      id: '01J00000000000000000000001',
      started_at: T0 + 1000,
      provider_id: 'zai',
      agent_id: 'cline',
      account_key: 'account-one',
      operation: 'chat',
      dialect: 'anthropic-messages',
      model_requested: 'glm-5',
      model_served: 'glm-5.1',
      streamed: 1,
      request_reading: 'read',
      outcome: 'completed',
      status: 200,
      first_byte_ms: 120.5,
      duration_ms: 800.25,
      request_bytes: 2048,
      response_bytes: 4096,
      input_tokens: 100,
      cache_read_tokens: 60,
      cache_write_tokens: 5,
      output_tokens: 20,
      reasoning_tokens: 7,
      exactness: 'reported',
      stop_reason: 'end_turn',
      error_code: '1302',
      error_type: 'rate_limit_error',
      error_message: 'slow down',
      error_in_stream: 1,
      request_id: 'req_011',
      agent_product: 'claude-cli/2.1.4',
      policy_code: '1313',
      kind: 'main',
      session_key: 'session-one',
      workspace_key: 'folder-one',
      response_id: 'msg_1',
      seen_by: null,
      turn_id: null,
    });
  });

  test('an exchange that is there already is left as it is and counted once', () => {
    ledger.append([anExchange(1, { limits: [aLimit()] }), anExchange(1)]);
    ledger.append([anExchange(1, { status: 500, usage: undefined })]);
    expect(ledger.count()).toBe(1);
    expect(ledger.recent(5).map((e) => e.status)).toEqual([200]);
    expect(ledger.burnSince(0)).toMatchObject([{ requests: 1, inputTokens: 100 }]);
  });

  test('a row that no table can hold costs only itself', () => {
    const result = ledger.append([
      anExchange(1),
      anExchange(2, { durationMs: Number.NaN }),
      anExchange(3, { providerId: undefined as unknown as string }),
      anExchange(4),
    ]);
    expect(result).toEqual({ added: 2, rejected: 2 });
    expect(ledger.count()).toBe(2);
    expect(ledger.burnSince(0)[0]?.requests).toBe(2);
  });

  test('any split into batches gives the same burn, count, agents and limits', () => {
    const all = Array.from({ length: 40 }, (_, n) =>
      anExchange(n * 7, {
        agentId: ['cline', 'claude-code'][n % 2]!,
        modelServed: ['glm-5', undefined, 'glm-5.1'][n % 3],
        usage: n % 5 === 0 ? undefined : anExchange(0).usage,
        status: n % 10 === 0 ? 429 : 200,
        limits: [aLimit({ seenAt: T0 + ((n * 13) % 40), used: n })],
      }),
    );
    ledger.append(all);
    let splits = 0;
    const whole = readAll(ledger);
    assert(
      property(array(integer({ min: 1, max: 39 }), { maxLength: 8 }), (cuts) => {
        const other = open(join(folder, `split-${splits++}.db`));
        const edges = [0, ...cuts.toSorted((a, b) => a - b), all.length];
        for (let i = 1; i < edges.length; i++) other.append(all.slice(edges[i - 1], edges[i]));
        expect(readAll(other)).toEqual(whole);
        other.close();
      }),
      { numRuns: 25 },
    );
  });
});

describe('burn', () => {
  test('sums the exchanges of one minute, account, model and agent', () => {
    ledger.append([anExchange(0), anExchange(1), anExchange(60), anExchange(61, { agentId: 'kilo-code' })]);
    expect(ledger.burnSince(0)).toEqual([
      {
        minuteAt: T0,
        providerId: 'zai',
        accountKey: 'account-one',
        model: 'glm-5.1',
        agentId: 'cline',
        kind: 'main',
        sessionKey: 'session-one',
        workspaceKey: 'folder-one',
        requests: 2,
        inputTokens: 200,
        cacheReadTokens: 120,
        cacheWriteTokens: 10,
        outputTokens: 40,
      },
      expect.objectContaining({ minuteAt: T0 + 60_000, agentId: 'cline', requests: 1 }),
      expect.objectContaining({ minuteAt: T0 + 60_000, agentId: 'kilo-code', requests: 1 }),
    ]);
  });

  test('tells kinds, sessions and folders apart, and gives what is not known as absent', () => {
    ledger.append([
      anExchange(0, { kind: undefined, sessionKey: undefined, workspaceKey: undefined }),
      anExchange(1, { kind: 'scheduled' }),
      anExchange(2, { sessionKey: 'session-two' }),
      anExchange(3),
    ]);
    const told = ledger.burnSince(0).map(({ kind, sessionKey, workspaceKey }) => [kind, sessionKey, workspaceKey]);
    expect(told).toEqual([
      [undefined, undefined, undefined],
      ['main', 'session-one', 'folder-one'],
      ['main', 'session-two', 'folder-one'],
      ['scheduled', 'session-one', 'folder-one'],
    ]);
    expect(ledger.sessionsSeen(0, 10)).toEqual([
      {
        sessionKey: 'session-one',
        agentId: 'cline',
        workspaceKey: 'folder-one',
        firstAt: T0 + 1000,
        lastAt: T0 + 3000,
      },
      {
        sessionKey: 'session-two',
        agentId: 'cline',
        workspaceKey: 'folder-one',
        firstAt: T0 + 2000,
        lastAt: T0 + 2000,
      },
    ]);
  });

  test('begins with the minute that the given instant falls in', () => {
    ledger.append([anExchange(0), anExchange(60), anExchange(120)]);
    expect(ledger.burnSince(T0 + 60_001).map((burn) => burn.minuteAt)).toEqual([T0 + 60_000, T0 + 120_000]);
  });

  test('sums quarter hours before the instant from which minutes are wanted, and loses nothing at the border', () => {
    const minutes = [0, 1, 14, 15, 16, 29, 30, 31, 44, 45];
    ledger.append(minutes.map((minute) => anExchange(minute * 60)));
    const burns = ledger.burnSince(T0, T0 + 31 * 60_000);
    expect(burns.map((burn) => [(burn.minuteAt - T0) / 60_000, burn.requests])).toEqual([
      [0, 3],
      [15, 3],
      [30, 1],
      [31, 1],
      [44, 1],
      [45, 1],
    ]);
  });

  test('leaves out what drew on no allowance, which still counts as seen from its agent', () => {
    ledger.append([
      anExchange(0, { usage: undefined, status: 429 }),
      anExchange(1, { usage: undefined, operation: 'models' }),
      anExchange(2, { usage: undefined, outcome: 'refused', status: 403 }),
    ]);
    expect(ledger.burnSince(0)).toEqual([]);
    expect(ledger.agentsSeen(0)).toEqual([{ agentId: 'cline', providerId: 'zai', lastSeenAt: T0 + 2000, requests: 3 }]);
    const account = { providerId: 'zai', accountKey: 'account-one', lastSeenAt: T0 + 2000 };
    expect(ledger.accountsSeen(0)).toEqual([account]);
  });

  test('an exchange without credential burns under the empty account', () => {
    ledger.append([anExchange(0, { accountKey: undefined })]);
    expect(ledger.burnSince(0)[0]?.accountKey).toBe('');
  });
});

test('requests answered under another name come back by pair and hour', () => {
  const at = (hour: number) => ({ startedAt: T0 + hour * 3_600_000 });
  ledger.append([
    anExchange(0, at(0)),
    anExchange(1, { startedAt: T0 + 60_000 }),
    anExchange(2, at(1)),
    anExchange(3, { ...at(1), modelServed: 'glm-5' }),
    anExchange(4, { ...at(1), modelServed: undefined }),
    anExchange(5, { ...at(1), accountKey: undefined }),
  ]);
  const pair = { providerId: 'zai', accountKey: 'account-one', requested: 'glm-5', served: 'glm-5.1' };
  expect(ledger.rerouted(T0)).toEqual([
    { ...pair, lastAt: T0 + 60_000, count: 2 },
    { ...pair, lastAt: T0 + 3_600_000, count: 1 },
  ]);
  expect(ledger.rerouted(T0 + 30_000).map(({ count }) => count)).toEqual([1, 1]);
});

describe('limits', () => {
  test('come back as they were said, absent figures absent', () => {
    const bare = aLimit({
      policy: 'week',
      model: 'sonnet',
      unit: 'share',
      limit: undefined,
      remaining: undefined,
      used: undefined,
      windowMs: undefined,
      resetsAt: undefined,
    });
    ledger.append([anExchange(1, { limits: [aLimit(), bare] })]);
    expect(ledger.latestLimits()).toEqual([{ providerId: 'zai', accountKey: 'account-one', limits: [aLimit(), bare] }]);
  });

  test('the latest reading wins, also where an older one is written later', () => {
    const say = (seenAt: number, used: number) =>
      ledger.appendLimits([{ providerId: 'zai', accountKey: 'a', limits: [aLimit({ seenAt, used })] }]);
    say(T0, 1);
    say(T0 + 5000, 2);
    say(T0 + 2000, 3);
    expect(ledger.latestLimits()[0]?.limits.map((limit) => limit.used)).toEqual([2]);
  });

  test('history keeps the last reading of each minute', () => {
    const limits = [0, 10_000, 20_000, 61_000].map((ms, i) => aLimit({ seenAt: T0 + ms, used: i }));
    ledger.appendLimits([{ providerId: 'zai', accountKey: 'a', limits }]);
    const db = new DatabaseSync(path);
    const rows = db.prepare('SELECT used FROM rate_limit_history ORDER BY minute_at').all();
    db.close();
    expect(rows.map((row) => row['used'])).toEqual([2, 3]);
  });

  test('readings last seen before a given instant can be left out', () => {
    ledger.appendLimits([{ providerId: 'zai', accountKey: 'a', limits: [aLimit({ seenAt: T0 })] }]);
    expect(ledger.latestLimits(T0 + 1)).toEqual([]);
    expect(ledger.latestLimits(T0)).toHaveLength(1);
  });
});

describe('reading', () => {
  test('recent gives the newest first, as lists show them', () => {
    ledger.append([anExchange(1), anExchange(3, { status: undefined, usage: undefined }), anExchange(2)]);
    const recent = ledger.recent(2);
    expect(recent.map((e) => e.startedAt)).toEqual([T0 + 3000, T0 + 2000]);
    const { id, startedAt, providerId, agentId, operation, modelRequested, modelServed, outcome } = anExchange(2);
    expect(recent[1]).toEqual({
      id,
      startedAt,
      providerId,
      agentId,
      operation,
      modelRequested,
      modelServed,
      outcome,
      status: 200,
      durationMs: 800.25,
      firstByteMs: 120.5,
      usage: anExchange(2).usage,
      error: undefined,
    });
    expect(recent[0]).toMatchObject({ status: undefined, usage: undefined });
  });

  test('everything is there after closing and opening again', () => {
    ledger.append([anExchange(1), anExchange(2)]);
    ledger.close();
    ledger = open(path);
    expect(ledger.count()).toBe(2);
    expect(ledger.recent(1)).toHaveLength(1);
  });
});

describe('prune', () => {
  test('deletes what is older, step by step, and keeps the rest', () => {
    ledger.append(
      Array.from({ length: 10 }, (_, n) =>
        anExchange(n * 60, { accountKey: `a${n}`, limits: [aLimit({ seenAt: T0 + n * 60_000 })] }),
      ),
    );
    const before = T0 + 6 * 60_000;
    const steps = [];
    for (;;) {
      const step = ledger.prune(before, 4);
      steps.push(step.more);
      if (!step.more) break;
    }
    expect(steps).toEqual([true, false]);
    expect(ledger.count()).toBe(4);
    expect(ledger.recent(20).map((e) => e.startedAt)).toEqual([9, 8, 7, 6].map((n) => T0 + n * 60_000));
    expect(ledger.burnSince(0)).toHaveLength(4);
    expect(ledger.latestLimits()).toHaveLength(4);
  });

  test('deletes nothing from a ledger that holds nothing old', () => {
    ledger.append([anExchange(1)]);
    expect(ledger.prune(T0)).toEqual({ deleted: 0, more: false });
  });
});
