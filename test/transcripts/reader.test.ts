import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { transcriptSources } from '../../src/agents/transcripts/list.ts';
import type { WrittenTurn } from '../../src/core/seen-turn.ts';
import { openMarks } from '../../src/transcripts/marks.ts';
import type { BatchLimits } from '../../src/transcripts/read-lines.ts';
import { createTranscriptReader } from '../../src/transcripts/reader.ts';

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'planward-read-'))));
afterEach(() => rmSync(home, { recursive: true }));

const AT = '2026-11-22T17:30:59.043Z';

/** A line as Claude Code 2.1.330 writes it, without its words. */
function answer(n: number, outputTokens = 10 + n): string {
  const usage = {
    input_tokens: 100,
    cache_creation_input_tokens: 5,
    cache_read_input_tokens: 60,
    output_tokens: outputTokens,
  };
  const message = { id: `msg_${n}`, model: 'claude-opus-5', role: 'assistant', usage };
  return `${JSON.stringify({ type: 'assistant', requestId: `req_${n}`, sessionId: 's', cwd: '/p', timestamp: AT, isSidechain: false, message })}\n`;
}

const NOTE = `${JSON.stringify({ type: 'user', timestamp: AT, message: { role: 'user', content: '"usage": in words' } })}\n`;
const SESSION = '.claude/projects/-p/s.jsonl';

function put(name: string, text: string): void {
  mkdirSync(dirname(join(home, name)), { recursive: true });
  writeFileSync(join(home, name), text);
}

/** Everything a new look finds, and how many bytes it read for that. */
function look(limits: Partial<BatchLimits> = {}): {
  turns: WrittenTurn[];
  bytes: number;
  batches: number;
  limits: number;
} {
  const marks = openMarks(join(home, 'marks.json'));
  const places = { env: {}, userHome: home, platform: 'linux' } as const;
  const reader = createTranscriptReader({ sources: transcriptSources, places, marks, limits });
  reader.scan();
  const result = { turns: [] as WrittenTurn[], bytes: 0, batches: 0, limits: 0 };
  for (let batch = reader.next(); batch !== undefined; batch = reader.next()) {
    for (const each of batch.found) {
      if (each.kind === 'turn') result.turns.push(each.turn);
      else if (each.kind === 'limits') result.limits += each.limits.length;
    }
    result.bytes += batch.bytes;
    result.batches += 1;
    batch.done();
  }
  marks.save();
  return result;
}

describe('files of lines', () => {
  test('give each answer with its figures and ids, and no words', () => {
    put(SESSION, NOTE + answer(1));
    const { turns } = look();
    expect(turns).toEqual([
      {
        id: 'msg_1:req_1',
        at: Date.parse(AT),
        startedAt: undefined,
        model: 'claude-opus-5',
        provider: undefined,
        usage: {
          inputTokens: 165,
          cacheReadTokens: 60,
          cacheWriteTokens: 5,
          outputTokens: 11,
          reasoningTokens: 0,
          exactness: 'reported',
        },
        responseId: 'msg_1',
        sessionId: 's',
        folder: '/p',
        kind: 'main',
      },
    ]);
  });

  test('are read on where the last look ended, also by a new relay', () => {
    put(SESSION, answer(1));
    look();
    expect(look()).toMatchObject({ turns: [], bytes: 0 });
    appendFileSync(join(home, SESSION), answer(2));
    expect(look()).toMatchObject({ turns: [{ id: 'msg_2:req_2' }], bytes: answer(2).length });
  });

  test('a line without its end waits for it', () => {
    put(SESSION, answer(1) + answer(2).slice(0, 80));
    expect(look().turns).toHaveLength(1);
    appendFileSync(join(home, SESSION), answer(2).slice(80));
    expect(look().turns.map(({ id }) => id)).toEqual(['msg_2:req_2']);
  });

  test('one that was cut, written anew or put in another’s place is read from its beginning', () => {
    put(SESSION, answer(1) + answer(2));
    look();
    truncateSync(join(home, SESSION), answer(1).length);
    expect(look().turns.map(({ id }) => id)).toEqual(['msg_1:req_1']);
    put(SESSION, answer(3) + answer(4) + answer(5));
    expect(look().turns).toHaveLength(3);
    put('other.jsonl', answer(6) + answer(7) + answer(8) + answer(9));
    renameSync(join(home, 'other.jsonl'), join(home, SESSION));
    expect(look().turns).toHaveLength(4);
  });

  test('any size of batches and lines gives the same turns', () => {
    const long = `${JSON.stringify({ type: 'user', content: 'x'.repeat(3_000_000) })}\n`;
    put(SESSION, Array.from({ length: 30 }, (_, n) => answer(n) + (n === 7 ? long : NOTE)).join(''));
    const { turns, batches } = look({ maxFound: 3, maxBytes: 500 });
    expect(turns.map(({ responseId }) => responseId)).toEqual(Array.from({ length: 30 }, (_, n) => `msg_${n}`));
    expect(batches).toBeGreaterThan(1);
  });

  test('a line that never ends, broken ones and errors of the agent’s own cost nothing', () => {
    const failed = {
      type: 'assistant',
      isApiErrorMessage: true,
      timestamp: AT,
      message: { id: 'x', usage: { input_tokens: 5 } },
    };
    put(SESSION, `{"usage":\n\u0000"usage":{}\n${JSON.stringify(failed)}\n${answer(1)}`);
    put('.claude/projects/-p/endless.jsonl', `"usage":${'y'.repeat(20_000_000)}`);
    expect(look({ maxBytes: 1_000_000 }).turns).toHaveLength(1);
    expect(look({ maxBytes: 1_000_000 }).turns).toHaveLength(0);
  });

  test('a batch that was not kept comes again', () => {
    put(SESSION, answer(1));
    const marks = openMarks(join(home, 'marks.json'));
    const places = { env: {}, userHome: home, platform: 'linux' } as const;
    const reader = createTranscriptReader({ sources: transcriptSources, places, marks });
    reader.scan();
    expect(reader.next()?.found).toHaveLength(1);
    marks.save();
    expect(look().turns).toHaveLength(1);
  });
});

test('Codex: answers by their record, limits as its headers said; older files by their sums', () => {
  const line = (type: string, payload: object) => `${JSON.stringify({ timestamp: AT, type, payload })}\n`;
  const used = {
    input_tokens: 501,
    cached_input_tokens: 400,
    output_tokens: 61,
    reasoning_output_tokens: 5,
    total_tokens: 562,
  };
  const meta =
    line('session_meta', { id: 'thread', cwd: '/p', model_provider: 'openai' }) +
    line('turn_context', { model: 'gpt-6' });
  const count = (total: number) =>
    line('event_msg', {
      type: 'token_count',
      info: { total_token_usage: { total_tokens: total }, last_token_usage: used },
      rate_limits: {
        limit_id: 'codex',
        primary: { used_percent: 12.5, window_minutes: 300, resets_at: 1_795_372_000 },
      },
    });
  const record = line('token_usage_record', { response_id: 'resp_1', usage: used });
  put('.codex/sessions/2026/11/22/rollout-a.jsonl', meta + record + count(562));
  put('.codex/sessions/2026/11/22/rollout-b.jsonl', meta + count(562) + count(562) + count(1124));
  const { turns, limits } = look();
  expect(turns.map(({ id, responseId, model }) => [id, responseId, model])).toEqual([
    ['resp_1', 'resp_1', 'gpt-6'],
    ['thread:562', undefined, 'gpt-6'],
    ['thread:1124', undefined, 'gpt-6'],
  ]);
  expect(turns[0]!.usage).toMatchObject({ inputTokens: 501, cacheReadTokens: 400, outputTokens: 61 });
  expect(limits).toBe(4);
});

test('Cline: a file written anew gives only what is new', () => {
  const message = (n: number) => ({
    id: `m${n}`,
    role: 'assistant',
    ts: 1_795_368_677_000 + n,
    modelInfo: { id: 'glm-4.7', provider: 'zai-coding-plan' },
    metrics: { inputTokens: 5561, outputTokens: 56, cacheReadTokens: 4416, cacheWriteTokens: 0 },
  });
  const file = (count: number) =>
    JSON.stringify({
      sessionId: 's',
      agent: 'lead',
      messages: [{ id: 'u', role: 'user', ts: 1 }, ...Array.from({ length: count }, (_, n) => message(n))],
    });
  put('.cline/data/sessions/s/s.messages.json', file(1));
  expect(look().turns).toMatchObject([{ id: 's:m0', provider: 'zai-coding-plan', usage: { inputTokens: 5561 } }]);
  put('.cline/data/sessions/s/s.messages.json', file(3));
  expect(look().turns.map(({ id }) => id)).toEqual(['s:m1', 's:m2']);
  put('.cline/data/sessions/s/s.messages.json', '{ half');
  expect(look().turns).toEqual([]);
});

test('OpenCode and Kilo Code: rows of the database, each once it is complete', () => {
  const path = join(home, '.local/share/kilo/kilo.db');
  mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path);
  db.exec(
    'PRAGMA journal_mode = WAL; CREATE TABLE message (id text PRIMARY KEY, session_id text, time_created integer, time_updated integer, data text)',
  );
  const row = (completed: number | undefined) =>
    JSON.stringify({
      role: 'assistant',
      time: { created: 5000, completed },
      tokens: { total: 12_851, input: 2617, output: 58, reasoning: 0, cache: { read: 10_176, write: 0 } },
      modelID: 'glm-4.7',
      providerID: 'zai-coding-plan',
    });
  const insert = db.prepare('INSERT INTO message VALUES (?, ?, 1, 1, ?)');
  insert.run('a', 's', row(6000));
  insert.run('b', 's', row(undefined));
  insert.run('c', 's', '{"role":"user"}');
  expect(look().turns).toMatchObject([
    { id: 'a', startedAt: 5000, at: 6000, usage: { inputTokens: 12_793, outputTokens: 58 } },
  ]);
  db.prepare('UPDATE message SET data = ? WHERE id = ?').run(row(7000), 'b');
  expect(look().turns.map(({ id }) => id)).toEqual(['b']);
  expect(look().turns).toEqual([]);
  db.close();
});
