import { CREATE_HISTORY } from './history-tables.ts';
import { CREATE_REPORT_PARTS } from './report-store.ts';
import { CREATE_SCOPE } from './scope-rows.ts';
import { transact, type Database } from './sqlite.ts';
import { CREATE_TURNS } from './turn-rows.ts';

/**
 * Step n brings a ledger from `user_version` n to n + 1. Steps that have shipped are never edited.
 * Text keys that may be missing (`account_key`, `model`, in burns also `kind` and the session's) are '' there, since NULL is no key; elsewhere NULL is "not known".
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE exchange (
    id TEXT NOT NULL PRIMARY KEY,
    started_at INTEGER NOT NULL,
    provider_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    account_key TEXT,
    operation TEXT NOT NULL,
    dialect TEXT,
    model_requested TEXT,
    model_served TEXT,
    streamed INTEGER,
    request_reading TEXT NOT NULL,
    outcome TEXT NOT NULL,
    status INTEGER,
    first_byte_ms REAL,
    duration_ms REAL NOT NULL,
    request_bytes INTEGER NOT NULL,
    response_bytes INTEGER NOT NULL,
    input_tokens INTEGER,
    cache_read_tokens INTEGER,
    cache_write_tokens INTEGER,
    output_tokens INTEGER,
    reasoning_tokens INTEGER,
    exactness TEXT,
    stop_reason TEXT,
    error_code TEXT,
    error_type TEXT,
    error_message TEXT,
    error_in_stream INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX exchange_by_start ON exchange (started_at);

  CREATE TABLE rate_limit (
    provider_id TEXT NOT NULL,
    account_key TEXT NOT NULL,
    policy TEXT NOT NULL,
    source TEXT NOT NULL,
    model TEXT NOT NULL,
    unit TEXT NOT NULL,
    limit_value REAL,
    remaining REAL,
    used REAL,
    used_fraction REAL,
    window_ms REAL,
    resets_at REAL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (provider_id, account_key, policy, source, model)
  ) WITHOUT ROWID;

  CREATE TABLE rate_limit_history (
    minute_at INTEGER NOT NULL,
    provider_id TEXT NOT NULL,
    account_key TEXT NOT NULL,
    policy TEXT NOT NULL,
    source TEXT NOT NULL,
    model TEXT NOT NULL,
    unit TEXT NOT NULL,
    limit_value REAL,
    remaining REAL,
    used REAL,
    used_fraction REAL,
    window_ms REAL,
    resets_at REAL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (minute_at, provider_id, account_key, policy, source, model)
  ) WITHOUT ROWID;

  CREATE TABLE burn (
    minute_at INTEGER NOT NULL,
    provider_id TEXT NOT NULL,
    account_key TEXT NOT NULL,
    model TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    exchanges INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    cache_read_tokens INTEGER NOT NULL,
    cache_write_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    PRIMARY KEY (minute_at, provider_id, account_key, model, agent_id)
  ) WITHOUT ROWID;

  CREATE TABLE burn_quarter (
    quarter_at INTEGER NOT NULL,
    provider_id TEXT NOT NULL,
    account_key TEXT NOT NULL,
    model TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    exchanges INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    cache_read_tokens INTEGER NOT NULL,
    cache_write_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    PRIMARY KEY (quarter_at, provider_id, account_key, model, agent_id)
  ) WITHOUT ROWID;

  CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value) WITHOUT ROWID;
  INSERT INTO meta (key, value) VALUES ('exchanges', 0);
  `,
  `
  ALTER TABLE exchange ADD COLUMN request_id TEXT;
  ALTER TABLE exchange ADD COLUMN agent_product TEXT;
  ALTER TABLE exchange ADD COLUMN policy_code TEXT;
  CREATE INDEX exchange_by_policy ON exchange (started_at) WHERE policy_code IS NOT NULL;
  `,
  `
  ALTER TABLE exchange ADD COLUMN kind TEXT;
  ALTER TABLE exchange ADD COLUMN session_key TEXT;
  ALTER TABLE exchange ADD COLUMN workspace_key TEXT;

  ALTER TABLE burn RENAME TO burn_before;
  CREATE TABLE burn (
    minute_at INTEGER NOT NULL,
    provider_id TEXT NOT NULL,
    account_key TEXT NOT NULL,
    model TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    session_key TEXT NOT NULL,
    workspace_key TEXT NOT NULL,
    exchanges INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    cache_read_tokens INTEGER NOT NULL,
    cache_write_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    PRIMARY KEY (minute_at, provider_id, account_key, model, agent_id, kind, session_key, workspace_key)
  ) WITHOUT ROWID;
  INSERT INTO burn SELECT minute_at, provider_id, account_key, model, agent_id, '', '', '', exchanges, minute_at, last_at,
    requests, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens FROM burn_before;
  DROP TABLE burn_before;

  ALTER TABLE burn_quarter RENAME TO burn_quarter_before;
  CREATE TABLE burn_quarter (
    quarter_at INTEGER NOT NULL,
    provider_id TEXT NOT NULL,
    account_key TEXT NOT NULL,
    model TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    session_key TEXT NOT NULL,
    workspace_key TEXT NOT NULL,
    exchanges INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    cache_read_tokens INTEGER NOT NULL,
    cache_write_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    PRIMARY KEY (quarter_at, provider_id, account_key, model, agent_id, kind, session_key, workspace_key)
  ) WITHOUT ROWID;
  INSERT INTO burn_quarter SELECT quarter_at, provider_id, account_key, model, agent_id, '', '', '', exchanges, quarter_at, last_at,
    requests, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens FROM burn_quarter_before;
  DROP TABLE burn_quarter_before;
  `,
  CREATE_HISTORY,
  CREATE_SCOPE,
  CREATE_TURNS,
  `
  CREATE TABLE account_alias (
    account_key TEXT NOT NULL PRIMARY KEY,
    provider_id TEXT NOT NULL,
    same_as TEXT NOT NULL,
    seen_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  `,
  CREATE_REPORT_PARTS,
];

export const SCHEMA_VERSION = MIGRATIONS.length;

export function schemaVersionOf(db: Database): number {
  const row = db.prepare('PRAGMA user_version').get();
  return Number(row?.['user_version'] ?? 0);
}

/** Brings the schema up to date, one transaction a step; a step another process did meanwhile is skipped. Throws SQLite's errors. */
export function migrate(db: Database): void {
  while (schemaVersionOf(db) < SCHEMA_VERSION) {
    transact(db, () => {
      const version = schemaVersionOf(db);
      const step = MIGRATIONS[version];
      if (step === undefined) return;
      db.exec(step);
      db.exec(`PRAGMA user_version = ${version + 1}`);
    });
  }
}
