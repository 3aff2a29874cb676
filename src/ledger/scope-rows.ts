import type { SQLOutputValue } from 'node:sqlite';
import type { Flag } from '../core/flag.ts';
import type { ReportTurns } from '../core/report.ts';
import { withoutText, type KeptFlag, type ScopeRow } from '../core/scope-record.ts';
import type { FlagState } from '../core/strike.ts';
import type { Evidence } from '../core/verdict.ts';
import type { Database } from './sqlite.ts';

/** Judged turns and flags, without any text of a prompt. `state` is the user's word: '' where nobody spoke of the turn. */
export const CREATE_SCOPE = `
  CREATE TABLE judged_turn (
    turn_key TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    provider_id TEXT NOT NULL,
    account_key TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    decision TEXT NOT NULL,
    reason TEXT NOT NULL,
    p_off_scope REAL NOT NULL,
    category TEXT,
    rule_id TEXT,
    pack_id TEXT NOT NULL,
    pack_version TEXT NOT NULL,
    state TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX judged_turn_by_time ON judged_turn (at);

  CREATE TABLE flag (
    id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    exchange_id TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    account_key TEXT,
    agent_id TEXT NOT NULL,
    rule_id TEXT NOT NULL,
    severity TEXT NOT NULL,
    pack_id TEXT NOT NULL,
    pack_version TEXT NOT NULL,
    decision TEXT NOT NULL,
    p_off_scope REAL NOT NULL,
    category TEXT,
    because TEXT NOT NULL,
    evidence TEXT NOT NULL,
    acted TEXT NOT NULL,
    held_by TEXT,
    turn_key TEXT NOT NULL,
    state TEXT NOT NULL,
    settled_at INTEGER,
    reason TEXT
  ) WITHOUT ROWID;
  CREATE INDEX flag_by_time ON flag (at);
  `;

export interface ScopeBook {
  /** Adds one row; a turn or flag that is there already is left as it is. True where something changed. */
  add(row: ScopeRow): boolean;
  /** Flags since an instant, settled ones too; newest first. */
  flags(since: number, count: number): KeptFlag[];
  /** Judged turns of a span by account and decision; those the user called coding or dismissed are counted apart. */
  turns(since: number, until: number): ReportTurns[];
  /** Deletes what is older; how many rows. */
  prune(before: number, maxRows: number): number;
}

/** Statements on an open ledger. Methods throw SQLite's errors. */
export function createScopeBook(db: Database): ScopeBook {
  const addTurn =
    db.prepare(`INSERT INTO judged_turn (turn_key, at, provider_id, account_key, agent_id, decision, reason,
    p_off_scope, category, rule_id, pack_id, pack_version, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')
    ON CONFLICT (turn_key) DO NOTHING`);
  const addFlag =
    db.prepare(`INSERT INTO flag (id, at, exchange_id, provider_id, account_key, agent_id, rule_id, severity,
    pack_id, pack_version, decision, p_off_scope, category, because, evidence, acted, held_by, turn_key, state, settled_at,
    reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`);
  const settle = db.prepare('UPDATE flag SET state = ?, settled_at = ?, reason = ? WHERE id = ?');
  const settleTurn = db.prepare(
    'UPDATE judged_turn SET state = ? WHERE turn_key = (SELECT turn_key FROM flag WHERE id = ?)',
  );
  const selectFlags = db.prepare('SELECT * FROM flag WHERE at >= ? ORDER BY at DESC, id DESC LIMIT ?');
  const selectTurns = db.prepare(`SELECT provider_id, account_key,
    sum(state = '' AND decision = 'in-scope') AS coding, sum(state = '' AND decision = 'unsure') AS unsure,
    sum(state = '' AND decision = 'out-of-scope') AS other, sum(state <> '') AS settled
    FROM judged_turn WHERE at >= ? AND at < ? GROUP BY provider_id, account_key ORDER BY provider_id, account_key`);
  const prunes = [
    ['judged_turn', 'turn_key'],
    ['flag', 'id'],
  ].map(([table, key]) =>
    db.prepare(`DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE at < ? ORDER BY at LIMIT ?)`),
  );
  return {
    add(row) {
      switch (row.kind) {
        case 'judged': {
          const { turn: t } = row;
          const who = [t.turnKey, t.at, t.providerId, t.accountKey ?? '', t.agentId];
          const what = [
            t.decision,
            t.reason,
            t.pOffScope,
            t.category ?? null,
            t.ruleId ?? null,
            t.packId,
            t.packVersion,
          ];
          return addTurn.run(...who, ...what).changes > 0;
        }
        case 'flag': {
          const { flag: f } = row;
          const who = [f.id, f.at, f.exchangeId, f.providerId, f.accountKey ?? null, f.agentId, f.ruleId, f.severity];
          const what = [f.packId, f.packVersion, f.decision, f.pOffScope, f.category ?? null, f.because];
          // Once more: what is written down must not quote a prompt, whoever gave it.
          const acts = [JSON.stringify(withoutText(f.evidence)), f.acted, f.heldBy ?? null];
          const word = [f.turnKey, f.state, f.settledAt ?? null, f.reason ?? null];
          return addFlag.run(...who, ...what, ...acts, ...word).changes > 0;
        }
        case 'settled':
          settleTurn.run(row.state, row.flagId);
          return settle.run(row.state, row.at, row.reason ?? null, row.flagId).changes > 0;
        default:
          row satisfies never;
          return false;
      }
    },
    flags: (since, count) => selectFlags.all(since, count).map(flagRow),
    turns: (since, until) =>
      selectTurns.all(since, until).map((row) => ({
        providerId: String(row['provider_id']),
        accountKey: String(row['account_key']),
        coding: Number(row['coding']),
        unsure: Number(row['unsure']),
        other: Number(row['other']),
        settled: Number(row['settled']),
      })),
    prune: (before, maxRows) => prunes.reduce((sum, prune) => sum + Number(prune.run(before, maxRows).changes), 0),
  };
}

function flagRow(row: Record<string, SQLOutputValue>): KeptFlag {
  const heldBy = text(row['held_by']) as Flag['heldBy'];
  return {
    id: String(row['id']),
    at: Number(row['at']),
    exchangeId: String(row['exchange_id']),
    providerId: String(row['provider_id']),
    accountKey: text(row['account_key']),
    agentId: String(row['agent_id']),
    ruleId: String(row['rule_id']),
    // The words below were written by this program from the same types.
    severity: String(row['severity']) as Flag['severity'],
    packId: String(row['pack_id']),
    packVersion: String(row['pack_version']),
    decision: String(row['decision']) as Flag['decision'],
    pOffScope: Number(row['p_off_scope']),
    category: text(row['category']) as Flag['category'],
    because: String(row['because']),
    evidence: evidenceOf(String(row['evidence'])),
    acted: String(row['acted']) as Flag['acted'],
    ...(heldBy === undefined ? {} : { heldBy }),
    turnKey: String(row['turn_key']),
    state: String(row['state']) as FlagState,
    settledAt: typeof row['settled_at'] === 'number' ? row['settled_at'] : undefined,
    reason: text(row['reason']),
  };
}

function evidenceOf(json: string): readonly Evidence[] {
  try {
    return JSON.parse(json) as readonly Evidence[];
  } catch {
    return [];
  }
}

function text(value: SQLOutputValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
