import type { SQLOutputValue } from 'node:sqlite';

/** Requests of one account within one hour for one model that was answered under another name. */
export interface ReroutedRow {
  readonly providerId: string;
  readonly accountKey: string;
  readonly requested: string;
  readonly served: string;
  readonly lastAt: number;
  readonly count: number;
}

/** Since an instant, by the hour. Names are compared as they are: a dated name of the same model is among them. */
export const SELECT_REROUTED = `SELECT provider_id, account_key, model_requested, model_served,
  max(started_at) AS last_at, count(*) AS requests FROM exchange
  WHERE started_at >= ? AND account_key IS NOT NULL AND model_requested <> model_served
  GROUP BY provider_id, account_key, model_requested, model_served, started_at / 3600000`;

/** A row of SELECT_REROUTED. */
export function reroutedRow(row: Record<string, SQLOutputValue>): ReroutedRow {
  return {
    providerId: String(row['provider_id']),
    accountKey: String(row['account_key']),
    requested: String(row['model_requested']),
    served: String(row['model_served']),
    lastAt: Number(row['last_at']),
    count: Number(row['requests']),
  };
}
