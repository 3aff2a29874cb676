/**
 * Hourly sums beside the exchanges, so that a year is drawn from thousands of rows and not from a million. Each hour is kept
 * once per dimension (`all`, `agent`, `model`, `kind`, `session`, `workspace`), with the account first in the key: one series
 * of a chart is one stretch of the index.
 */
export const CREATE_HISTORY = `
  CREATE TABLE burn_hour (
    provider_id TEXT NOT NULL,
    account_key TEXT NOT NULL,
    dim TEXT NOT NULL,
    id TEXT NOT NULL,
    hour_at INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    cache_read_tokens INTEGER NOT NULL,
    cache_write_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    PRIMARY KEY (provider_id, account_key, dim, id, hour_at)
  ) WITHOUT ROWID;
  CREATE INDEX burn_hour_by_start ON burn_hour (hour_at);

  CREATE TABLE limit_hour (
    provider_id TEXT NOT NULL,
    account_key TEXT NOT NULL,
    policy TEXT NOT NULL,
    source TEXT NOT NULL,
    model TEXT NOT NULL,
    hour_at INTEGER NOT NULL,
    unit TEXT NOT NULL,
    limit_value REAL,
    last_fraction REAL NOT NULL,
    peak_fraction REAL NOT NULL,
    window_ms REAL,
    resets_at REAL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (provider_id, account_key, policy, source, model, hour_at)
  ) WITHOUT ROWID;
  CREATE INDEX limit_hour_by_start ON limit_hour (hour_at);

  CREATE TABLE failure_hour (
    provider_id TEXT NOT NULL,
    account_key TEXT NOT NULL,
    hour_at INTEGER NOT NULL,
    code TEXT NOT NULL,
    policy INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (provider_id, account_key, hour_at, code)
  ) WITHOUT ROWID;
  CREATE INDEX failure_hour_by_start ON failure_hour (hour_at);

  ${fill('all', `''`)}
  ${fill('agent', 'agent_id')}
  ${fill('model', 'model')}
  ${fill('kind', `coalesce(nullif(kind, ''), 'unknown')`)}
  ${fill('session', `coalesce(nullif(session_key, ''), 'unknown')`)}
  ${fill('workspace', `coalesce(nullif(workspace_key, ''), 'unknown')`)}

  INSERT INTO limit_hour
    SELECT provider_id, account_key, policy, source, model, minute_at / 3600000 * 3600000, unit, limit_value,
      coalesce(used_fraction, used / limit_value, 1 - remaining / limit_value) AS fraction,
      coalesce(used_fraction, used / limit_value, 1 - remaining / limit_value), window_ms, resets_at, seen_at
    FROM rate_limit_history
    WHERE coalesce(used_fraction, used / limit_value, 1 - remaining / limit_value) IS NOT NULL ORDER BY seen_at
    ON CONFLICT DO UPDATE SET last_fraction = excluded.last_fraction, limit_value = excluded.limit_value,
      peak_fraction = max(peak_fraction, excluded.peak_fraction), resets_at = excluded.resets_at, seen_at = excluded.seen_at;

  INSERT INTO failure_hour
    SELECT provider_id, coalesce(account_key, ''), started_at / 3600000 * 3600000,
      coalesce(error_code, error_type, CAST(status AS TEXT), 'no-answer'), max(policy_code IS NOT NULL), count(*),
      min(started_at), max(started_at)
    FROM exchange
    WHERE outcome = 'upstream-failed' OR (outcome <> 'refused' AND (error_message IS NOT NULL OR status >= 400))
    GROUP BY 1, 2, 3, 4;
`;

/** Sums of the quarter hours that an older version kept. */
function fill(dim: string, id: string): string {
  return `INSERT INTO burn_hour
    SELECT provider_id, account_key, '${dim}', ${id}, quarter_at / 3600000 * 3600000, sum(requests), sum(input_tokens),
      sum(cache_read_tokens), sum(cache_write_tokens), sum(output_tokens)
    FROM burn_quarter WHERE requests > 0 GROUP BY 1, 2, 4, 5;`;
}
