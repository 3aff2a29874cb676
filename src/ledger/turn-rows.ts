import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { burnOf } from '../core/burn.ts';
import type { Exchange } from '../core/exchange.ts';
import { BURN_KINDS, minuteOf, type Burn } from '../core/usage.ts';
import { burnValues, quarterOf, WHO } from './burn-rows.ts';
import type { HistoryWriter } from './history-writer.ts';
import type { Database } from './sqlite.ts';

/**
 * What keeps a turn from being counted twice: the relay's row and the one from the agent's own files find each other,
 * whichever comes first, and only the relay's stays.
 */
export const CREATE_TURNS = `
  ALTER TABLE exchange ADD COLUMN response_id TEXT;
  ALTER TABLE exchange ADD COLUMN seen_by TEXT;
  ALTER TABLE exchange ADD COLUMN turn_id TEXT;
  CREATE UNIQUE INDEX exchange_by_turn ON exchange (turn_id) WHERE turn_id IS NOT NULL;
  CREATE INDEX exchange_by_response ON exchange (response_id, started_at) WHERE response_id IS NOT NULL AND seen_by IS NULL;
  CREATE INDEX exchange_written_by_response ON exchange (response_id, started_at) WHERE response_id IS NOT NULL AND seen_by = 'transcript';
  CREATE INDEX exchange_carried ON exchange (input_tokens, output_tokens, started_at) WHERE turn_id IS NULL AND input_tokens IS NOT NULL;
  CREATE INDEX exchange_written ON exchange (input_tokens, output_tokens, started_at) WHERE seen_by = 'transcript';
  CREATE INDEX exchange_written_at ON exchange (started_at) WHERE seen_by = 'transcript';
  CREATE INDEX exchange_figureless ON exchange (started_at)
    WHERE turn_id IS NULL AND operation = 'chat' AND (exactness IS NULL OR exactness = 'partial');
`;

/** What adding turns did. `changes` are burns to be added to running totals: those of a row that was taken away are negative. */
export interface TurnsWritten {
  readonly added: number;
  /** Turns the relay had seen too: counted once, with the relay's figures. */
  readonly matched: number;
  /** Turns that were there already, from another copy or an earlier reading. */
  readonly known: number;
  readonly rejected: number;
  readonly changes: readonly Burn[];
}

export interface TurnBook {
  /** `before` and `after` it has to be written: the changes of burns it makes, in that order. Throws SQLite's errors. */
  turn(turn: Exchange): { readonly outcome: 'added' | 'matched' | 'known'; readonly changes: readonly Burn[] };
  /** Looks whether there are turns to be displaced at all: before a batch. */
  look(): void;
  /** A relay's exchange is about to be written: takes away the row of its turn, if there is one, and names the turn. */
  displace(exchange: Exchange): { readonly turnId: string; readonly change: Burn } | undefined;
}

/** A day: ids of answers are unique, but a simulator's or a gateway's may come again. */
const SAME_ID_MS = 86_400_000;
/** Clocks of two programs on one machine, and what lies between the last byte and the note of it. */
const SLACK_MS = 10_000;
/** The longest request whose beginning the agent did not write down. */
const LONGEST_MS = 30 * 60_000;

const COLUMNS = `id, started_at, duration_ms, provider_id, agent_id, account_key, model_requested, model_served, kind,
  session_key, workspace_key, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, seen_by, turn_id, response_id`;

/** The relay's chats that may have brought a turn. */
const CARRIED = `seen_by IS NULL AND operation = 'chat' AND outcome NOT IN ('refused', 'absorbed')
  AND (status IS NULL OR status < 400)`;
const NEAREST = 'ORDER BY abs(started_at + duration_ms - ?), id LIMIT 1';
const SAME_FIGURES = 'input_tokens = ? AND output_tokens = ? AND coalesce(cache_read_tokens, 0) = ?';
const SAME_AGENT = `(agent_id = ? OR agent_id = 'unknown' OR ? = 'unknown')`;
const NOT_ANOTHER = '(response_id IS NULL OR ? IS NULL OR response_id = ?)';

/**
 * A turn and a row of the relay are the same, first match:
 *
 * | by | condition |
 * | --- | --- |
 * | the provider's id of the answer | equal, within a day |
 * | figures | same agent and tokens, and the request began in the turn's time |
 * | time | the relay's row has no final figures, same agent and model, in the turn's time |
 *
 * Each row is the twin of at most one turn, so that two equal turns stay two.
 */
export function createTurnBook(
  db: Database,
  write: {
    readonly insert: (exchange: Exchange) => boolean;
    readonly history: HistoryWriter;
    /** A row of that time was taken away. */
    readonly touch: (startedAt: number, durationMs: number) => void;
  },
): TurnBook {
  const byTurn = db.prepare(`SELECT ${COLUMNS} FROM exchange WHERE turn_id = ?`);
  const carriedById = db.prepare(
    `SELECT ${COLUMNS} FROM exchange WHERE response_id = ? AND turn_id IS NULL AND ${CARRIED}
     AND started_at BETWEEN ? AND ? ${NEAREST}`,
  );
  const carriedByFigures = db.prepare(
    `SELECT ${COLUMNS} FROM exchange WHERE ${SAME_FIGURES} AND input_tokens IS NOT NULL AND turn_id IS NULL AND ${CARRIED} AND ${SAME_AGENT}
     AND ${NOT_ANOTHER} AND started_at BETWEEN ? AND ? ${NEAREST}`,
  );
  const carriedByTime = db.prepare(
    `SELECT ${COLUMNS} FROM exchange WHERE turn_id IS NULL AND operation = 'chat' AND (exactness IS NULL OR exactness = 'partial')
     AND ${CARRIED} AND ${SAME_AGENT} AND ${NOT_ANOTHER} AND lower(coalesce(model_served, model_requested)) = ?
     AND started_at BETWEEN ? AND ? AND started_at + duration_ms >= ? ${NEAREST}`,
  );
  const writtenById = db.prepare(
    `SELECT ${COLUMNS} FROM exchange WHERE response_id = ? AND seen_by = 'transcript' AND started_at BETWEEN ? AND ? ${NEAREST}`,
  );
  /** Its beginning is not known where its span is 0. */
  const inItsTime = `? BETWEEN iif(duration_ms > 0, started_at, started_at - ${LONGEST_MS}) - ${SLACK_MS}
    AND started_at + duration_ms + ${SLACK_MS}`;
  const writtenByFigures = db.prepare(
    `SELECT ${COLUMNS} FROM exchange WHERE ${SAME_FIGURES} AND seen_by = 'transcript' AND ${SAME_AGENT} AND ${NOT_ANOTHER}
     AND started_at BETWEEN ? AND ? AND ${inItsTime} ${NEAREST}`,
  );
  const writtenByTime = db.prepare(
    `SELECT ${COLUMNS} FROM exchange WHERE seen_by = 'transcript' AND started_at BETWEEN ? AND ? AND ${SAME_AGENT}
     AND ${NOT_ANOTHER} AND lower(coalesce(model_served, model_requested)) = ?
     AND ${inItsTime} AND started_at + duration_ms <= ? ${NEAREST}`,
  );
  const nameTurn = db.prepare('UPDATE exchange SET turn_id = ? WHERE id = ?');
  const selectWritten = db.prepare(`SELECT 1 FROM exchange WHERE seen_by = 'transcript' LIMIT 1`);
  let anyWritten = true;
  const deleteRow = db.prepare('DELETE FROM exchange WHERE id = ?');
  const subtract = [subtractFrom('burn', 'minute_at'), subtractFrom('burn_quarter', 'quarter_at')].map(
    ([update, remove]) => [db.prepare(update), db.prepare(remove)] as const,
  );

  function takeAway(row: Row): Burn {
    const exchange = exchangeOf(row);
    const burn = burnOf(exchange);
    deleteRow.run(exchange.id);
    write.touch(exchange.startedAt, exchange.durationMs);
    for (const [index, startAt] of [minuteOf(exchange.startedAt), quarterOf(exchange.startedAt)].entries()) {
      const values = burnValues({ burn, firstAt: 0, lastAt: 0, exchanges: 1 }, startAt);
      const [update, remove] = subtract[index]!;
      update.run(...values.slice(10, 15), ...values.slice(0, 8));
      remove.run(...values.slice(0, 8));
    }
    write.history.burn(negative(burn));
    return negative(burn);
  }

  function carried(turn: Exchange): Row | undefined {
    const { responseId, usage, startedAt, agentId } = turn;
    const at = startedAt + turn.durationMs;
    const from = (turn.durationMs > 0 ? startedAt : at - LONGEST_MS) - SLACK_MS;
    const id = responseId ?? null;
    const model = (turn.modelServed ?? turn.modelRequested ?? '').toLowerCase();
    return (
      (responseId === undefined ? undefined : carriedById.get(responseId, at - SAME_ID_MS, at + SAME_ID_MS, at)) ??
      (usage === undefined
        ? undefined
        : carriedByFigures.get(...figures(usage), agentId, agentId, id, id, from, at + SLACK_MS, at)) ??
      carriedByTime.get(agentId, agentId, id, id, model, from, at + SLACK_MS, at - SLACK_MS, at)
    );
  }

  function written(exchange: Exchange): Row | undefined {
    const { responseId, usage, startedAt, agentId } = exchange;
    const end = startedAt + exchange.durationMs;
    const id = responseId ?? null;
    const model = (exchange.modelServed ?? exchange.modelRequested ?? '').toLowerCase();
    const figureless = usage === undefined || usage.exactness === 'partial';
    return (
      (responseId === undefined
        ? undefined
        : writtenById.get(responseId, startedAt - SAME_ID_MS, startedAt + SAME_ID_MS, end)) ??
      (usage === undefined
        ? undefined
        : writtenByFigures.get(
            ...figures(usage),
            agentId,
            agentId,
            id,
            id,
            startedAt - SAME_ID_MS,
            startedAt + LONGEST_MS + SLACK_MS,
            startedAt,
            end,
          )) ??
      (figureless
        ? writtenByTime.get(
            startedAt - LONGEST_MS,
            end + SLACK_MS,
            agentId,
            agentId,
            id,
            id,
            model,
            startedAt,
            end + SLACK_MS,
            end,
          )
        : undefined)
    );
  }

  return {
    turn(turn) {
      const known = turn.turnId === undefined ? undefined : byTurn.get(turn.turnId);
      if (known !== undefined) {
        // A line written while the answer still came has fewer tokens than the last one.
        const grown =
          known['seen_by'] === 'transcript' && (turn.usage?.outputTokens ?? 0) > Number(known['output_tokens']);
        if (!grown) return { outcome: 'known', changes: [] };
        const taken = takeAway(known);
        return write.insert(turn)
          ? { outcome: 'known', changes: [taken, burnOf(turn)] }
          : { outcome: 'known', changes: [taken] };
      }
      const twin = carried(turn);
      if (twin !== undefined) {
        nameTurn.run(turn.turnId ?? null, String(twin['id']));
        return { outcome: 'matched', changes: [] };
      }
      return write.insert(turn) ? { outcome: 'added', changes: [burnOf(turn)] } : { outcome: 'known', changes: [] };
    },
    look() {
      anyWritten = selectWritten.get() !== undefined;
    },
    displace(exchange) {
      if (!anyWritten) return undefined;
      if (exchange.operation !== 'chat' || exchange.outcome === 'refused' || exchange.outcome === 'absorbed')
        return undefined;
      if (exchange.status !== undefined && exchange.status >= 400) return undefined;
      const row = written(exchange);
      return row === undefined ? undefined : { turnId: String(row['turn_id']), change: takeAway(row) };
    },
  };
}

type Row = Record<string, SQLOutputValue>;

function figures(usage: NonNullable<Exchange['usage']>): SQLInputValue[] {
  return [usage.inputTokens, usage.outputTokens, usage.cacheReadTokens];
}

function negative(burn: Burn): Burn {
  return {
    ...burn,
    requests: -burn.requests,
    inputTokens: -burn.inputTokens,
    cacheReadTokens: -burn.cacheReadTokens,
    cacheWriteTokens: -burn.cacheWriteTokens,
    outputTokens: -burn.outputTokens,
  };
}

function subtractFrom(table: string, startColumn: string): readonly [update: string, remove: string] {
  const key = [startColumn, ...WHO.split(', ')].map((name) => `${name} = ?`).join(' AND ');
  const sums = ['requests', 'input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens'];
  return [
    `UPDATE ${table} SET ${sums.map((name) => `${name} = ${name} - ?`).join(', ')}, exchanges = exchanges - 1 WHERE ${key}`,
    `DELETE FROM ${table} WHERE ${key} AND exchanges <= 0`,
  ];
}

/** As much of a turn's row as its burn is made of. */
function exchangeOf(row: Row): Exchange {
  const text = (name: string): string | undefined => (typeof row[name] === 'string' ? row[name] : undefined);
  const kind = BURN_KINDS.find((each) => each === row['kind']);
  return {
    id: String(row['id']),
    startedAt: Number(row['started_at']),
    providerId: String(row['provider_id']),
    agentId: String(row['agent_id']),
    accountKey: text('account_key'),
    operation: 'chat',
    dialect: undefined,
    modelRequested: text('model_requested'),
    modelServed: text('model_served'),
    streamed: undefined,
    requestReading: 'none',
    outcome: 'completed',
    status: undefined,
    firstByteMs: undefined,
    durationMs: Number(row['duration_ms']),
    requestBytes: 0,
    responseBytes: 0,
    usage: {
      inputTokens: Number(row['input_tokens']),
      cacheReadTokens: Number(row['cache_read_tokens']),
      cacheWriteTokens: Number(row['cache_write_tokens']),
      outputTokens: Number(row['output_tokens']),
      reasoningTokens: 0,
      exactness: 'reported',
    },
    stopReason: undefined,
    error: undefined,
    ...(kind === undefined ? {} : { kind }),
    sessionKey: text('session_key'),
    workspaceKey: text('workspace_key'),
    limits: [],
  };
}
