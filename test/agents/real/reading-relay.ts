import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Snapshot } from '../../../src/core/snapshot.ts';
import { startRelayProcess, type RelayProcess } from '../../support/relay-process.ts';
import type { LedgerRow } from './ledger-rows.ts';

const READ_MS = 25_000;

/** A relay whose user allowed it to read agents' files, for the user of `home`. */
export function startReading(
  relayHome: string,
  home: string,
  upstreams: Readonly<Record<string, string>>,
): Promise<RelayProcess> {
  mkdirSync(relayHome, { recursive: true });
  writeFileSync(join(relayHome, 'settings.json'), JSON.stringify({ transcripts: 'usage' }));
  const env = { PATH: process.env['PATH'], NO_PROXY: '127.0.0.1,localhost', HOME: home };
  return startRelayProcess({ home: relayHome, upstreams, env });
}

/** What the relay says once that is true and nothing is left to read; after 25 s as it then is. */
export async function untilRead(relay: RelayProcess, isTrue: (status: Snapshot) => boolean): Promise<Snapshot> {
  const giveUpAt = Date.now() + READ_MS;
  for (;;) {
    const status = await relay.snapshot();
    if ((isTrue(status) && status.turnFiles?.state === 'idle') || Date.now() > giveUpAt) return status;
    await sleep(300);
  }
}

/** Input, cached and output tokens of some rows, as one text to compare. */
export function sumsOf(rows: readonly LedgerRow[]): string {
  const sum = (of: (row: LedgerRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  return `${sum((row) => row.inputTokens)} ${sum((row) => row.cacheReadTokens)} ${sum((row) => row.outputTokens)}`;
}

/** `relay,transcript`: the ways in which an agent is seen. */
export function waysOf(status: Snapshot, agentId: string): string {
  return (status.agents.find((agent) => agent.agentId === agentId)?.ways ?? []).map(({ way }) => way).join();
}
