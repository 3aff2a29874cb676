import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { BURN_KINDS, type Burn } from '../core/usage.ts';

/** What was seen of one agent with one provider. `requests` counts every exchange, whatever its outcome. */
export interface AgentSeen {
  readonly agentId: string;
  readonly providerId: string;
  readonly lastSeenAt: number;
  readonly requests: number;
}

/** One conversation of an agent, as far as burns tell it; instants by the quarter hour at worst. */
export interface SessionSeen {
  readonly sessionKey: string;
  readonly agentId: string;
  readonly workspaceKey: string | undefined;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** An account that sent something, whatever became of it. */
export interface AccountSeen {
  readonly providerId: string;
  readonly accountKey: string;
  readonly lastSeenAt: number;
}

const QUARTER_MS = 900_000;

/** Start of the quarter hour that `at` falls in. */
export function quarterOf(at: number): number {
  return Math.floor(at / QUARTER_MS) * QUARTER_MS;
}

/** What a burn is told apart by, beside its minute or quarter hour. */
export const WHO = 'provider_id, account_key, model, agent_id, kind, session_key, workspace_key';
const SUMS = ['requests', 'input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens'];

/** Adds exchanges to their minute, and to its quarter hour, so that a long look back reads few rows. */
export const ADD_BURN = addTo('burn', 'minute_at');
export const ADD_QUARTER = addTo('burn_quarter', 'quarter_at');

/** Minutes from the first instant on, oldest first. */
export const SELECT_MINUTES = `SELECT minute_at, ${WHO}, ${SUMS.join(', ')} FROM burn
  WHERE minute_at >= ? AND requests > 0 ORDER BY minute_at`;

/** Quarter hours from the first instant until before the second, oldest first. */
export const SELECT_QUARTERS = `SELECT quarter_at AS minute_at, ${WHO}, ${SUMS.join(', ')} FROM burn_quarter
  WHERE quarter_at >= ? AND quarter_at < ? AND requests > 0 ORDER BY quarter_at`;

export const SELECT_AGENTS = `SELECT agent_id, provider_id, max(last_at) AS last_at, sum(exchanges) AS exchanges
  FROM burn_quarter WHERE quarter_at >= ? GROUP BY agent_id, provider_id ORDER BY last_at DESC`;

/** Sessions since an instant, last seen first. A helper's other folder counts with the one that was seen last. */
export const SELECT_SESSIONS = `SELECT session_key, agent_id, max(workspace_key) AS workspace_key,
  min(first_at) AS first_at, max(last_at) AS last_at
  FROM burn_quarter WHERE quarter_at >= ? AND session_key <> '' GROUP BY session_key ORDER BY last_at DESC LIMIT ?`;

export const SELECT_ACCOUNTS = `SELECT provider_id, account_key, max(last_at) AS last_at
  FROM burn_quarter WHERE quarter_at >= ? AND account_key <> '' GROUP BY provider_id, account_key ORDER BY last_at DESC`;

function addTo(table: string, startColumn: string): string {
  return `INSERT INTO ${table} (${startColumn}, ${WHO}, first_at, last_at, ${SUMS.join(', ')}, exchanges)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (${startColumn}, ${WHO}) DO UPDATE SET exchanges = exchanges + excluded.exchanges,
    first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at),
    ${SUMS.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`;
}

/** Burns of exchanges that are alike and began between two instants. */
export interface BurnSum {
  readonly burn: Burn;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly exchanges: number;
}

/** Values in the order of ADD_BURN and ADD_QUARTER; `startAt` is the start of that minute or quarter hour. */
export function burnValues({ burn, firstAt, lastAt, exchanges }: BurnSum, startAt: number): SQLInputValue[] {
  return [
    startAt,
    burn.providerId,
    burn.accountKey,
    burn.model,
    burn.agentId,
    burn.kind ?? '',
    burn.sessionKey ?? '',
    burn.workspaceKey ?? '',
    firstAt,
    lastAt,
    burn.requests,
    burn.inputTokens,
    burn.cacheReadTokens,
    burn.cacheWriteTokens,
    burn.outputTokens,
    exchanges,
  ];
}

/** A row of SELECT_MINUTES or SELECT_QUARTERS. */
export function burnRow(row: Record<string, SQLOutputValue>): Burn {
  const kind = BURN_KINDS.find((each) => each === row['kind']);
  const sessionKey = key(row['session_key']);
  const workspaceKey = key(row['workspace_key']);
  return {
    minuteAt: Number(row['minute_at']),
    providerId: String(row['provider_id']),
    accountKey: String(row['account_key']),
    model: String(row['model']),
    agentId: String(row['agent_id']),
    ...(kind === undefined ? {} : { kind }),
    ...(sessionKey === undefined ? {} : { sessionKey }),
    ...(workspaceKey === undefined ? {} : { workspaceKey }),
    requests: Number(row['requests']),
    inputTokens: Number(row['input_tokens']),
    cacheReadTokens: Number(row['cache_read_tokens']),
    cacheWriteTokens: Number(row['cache_write_tokens']),
    outputTokens: Number(row['output_tokens']),
  };
}

/** A row of SELECT_AGENTS. */
export function agentRow(row: Record<string, SQLOutputValue>): AgentSeen {
  return {
    agentId: String(row['agent_id']),
    providerId: String(row['provider_id']),
    lastSeenAt: Number(row['last_at']),
    requests: Number(row['exchanges']),
  };
}

/** A row of SELECT_SESSIONS. */
export function sessionRow(row: Record<string, SQLOutputValue>): SessionSeen {
  return {
    sessionKey: String(row['session_key']),
    agentId: String(row['agent_id']),
    workspaceKey: key(row['workspace_key']),
    firstAt: Number(row['first_at']),
    lastAt: Number(row['last_at']),
  };
}

/** A row of SELECT_ACCOUNTS. */
export function accountRow(row: Record<string, SQLOutputValue>): AccountSeen {
  return {
    providerId: String(row['provider_id']),
    accountKey: String(row['account_key']),
    lastSeenAt: Number(row['last_at']),
  };
}

function key(value: SQLOutputValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
