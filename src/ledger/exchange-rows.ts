import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Exchange } from '../core/exchange.ts';
import type { ExchangeView } from '../core/snapshot.ts';

type Row = Record<string, SQLOutputValue>;

/** Every column of `exchange` and where its value comes from; limits have tables of their own. */
const COLUMNS: readonly (readonly [name: string, value: (exchange: Exchange) => SQLInputValue])[] = [
  ['id', (e) => e.id],
  ['started_at', (e) => e.startedAt],
  ['provider_id', (e) => e.providerId],
  ['agent_id', (e) => e.agentId],
  ['account_key', (e) => e.accountKey ?? null],
  ['operation', (e) => e.operation],
  ['dialect', (e) => e.dialect ?? null],
  ['model_requested', (e) => e.modelRequested ?? null],
  ['model_served', (e) => e.modelServed ?? null],
  ['streamed', (e) => flag(e.streamed)],
  ['request_reading', (e) => e.requestReading],
  ['outcome', (e) => e.outcome],
  ['status', (e) => e.status ?? null],
  ['first_byte_ms', (e) => e.firstByteMs ?? null],
  ['duration_ms', (e) => e.durationMs],
  ['request_bytes', (e) => e.requestBytes],
  ['response_bytes', (e) => e.responseBytes],
  ['input_tokens', (e) => e.usage?.inputTokens ?? null],
  ['cache_read_tokens', (e) => e.usage?.cacheReadTokens ?? null],
  ['cache_write_tokens', (e) => e.usage?.cacheWriteTokens ?? null],
  ['output_tokens', (e) => e.usage?.outputTokens ?? null],
  ['reasoning_tokens', (e) => e.usage?.reasoningTokens ?? null],
  ['exactness', (e) => e.usage?.exactness ?? null],
  ['stop_reason', (e) => e.stopReason ?? null],
  ['error_code', (e) => e.error?.code ?? null],
  ['error_type', (e) => e.error?.type ?? null],
  ['error_message', (e) => e.error?.message ?? null],
  ['error_in_stream', (e) => flag(e.error?.inStream)],
  ['request_id', (e) => e.requestId ?? null],
  ['agent_product', (e) => e.agentProduct ?? null],
  ['policy_code', (e) => e.policyCode ?? null],
  ['response_id', (e) => e.responseId ?? null],
  ['seen_by', (e) => e.seenBy ?? null],
  ['turn_id', (e) => e.turnId ?? null],
  ['kind', (e) => e.kind ?? null],
  ['session_key', (e) => e.sessionKey ?? null],
  ['workspace_key', (e) => e.workspaceKey ?? null],
];

/** Adds a row; one that is already there by id is left as it is and counts as no change. */
export const INSERT_EXCHANGE = `INSERT INTO exchange (${COLUMNS.map(([name]) => name).join(', ')})
  VALUES (${COLUMNS.map(() => '?').join(', ')}) ON CONFLICT (id) DO NOTHING`;

/** Values in the order of INSERT_EXCHANGE. */
export function exchangeValues(exchange: Exchange): SQLInputValue[] {
  return COLUMNS.map(([, value]) => value(exchange));
}

/** What the relay carried: what agents wrote down themselves is in the sums, not among the exchanges. */
export const SELECT_RECENT = `SELECT id, started_at, provider_id, agent_id, operation, model_requested, model_served, outcome,
  status, first_byte_ms, duration_ms, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens,
  exactness, error_code, error_type, error_message, error_in_stream
  FROM exchange WHERE seen_by IS NULL ORDER BY started_at DESC, id DESC LIMIT ?`;

/** A row of SELECT_RECENT as lists show it; NULL becomes undefined. */
export function exchangeView(row: Row): ExchangeView {
  return {
    id: String(row['id']),
    startedAt: Number(row['started_at']),
    providerId: String(row['provider_id']),
    agentId: String(row['agent_id']),
    // The words below were written by this program from the same types.
    operation: String(row['operation']) as ExchangeView['operation'],
    modelRequested: text(row['model_requested']),
    modelServed: text(row['model_served']),
    outcome: String(row['outcome']) as ExchangeView['outcome'],
    status: number(row['status']),
    firstByteMs: number(row['first_byte_ms']),
    durationMs: Number(row['duration_ms']),
    usage: usageOf(row),
    error: errorOf(row),
  };
}

export function usageOf(row: Row): ExchangeView['usage'] {
  const exactness = row['exactness'];
  if (exactness !== 'reported' && exactness !== 'estimated' && exactness !== 'partial') return undefined;
  return {
    inputTokens: Number(row['input_tokens']),
    cacheReadTokens: Number(row['cache_read_tokens']),
    cacheWriteTokens: Number(row['cache_write_tokens']),
    outputTokens: Number(row['output_tokens']),
    reasoningTokens: Number(row['reasoning_tokens']),
    exactness,
  };
}

function errorOf(row: Row): ExchangeView['error'] {
  const message = text(row['error_message']);
  if (message === undefined) return undefined;
  return {
    code: text(row['error_code']),
    type: text(row['error_type']),
    message,
    inStream: row['error_in_stream'] === 1,
  };
}

function flag(value: boolean | undefined): number | null {
  return value === undefined ? null : Number(value);
}

function text(value: SQLOutputValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function number(value: SQLOutputValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
