import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { openLedger } from '../ledger/open-ledger.ts';
import { homePaths } from '../protocol/home.ts';
import type { StatuslineAsk } from '../protocol/statusline-call.ts';

/** A line is drawn every few hundred milliseconds: it does not wait for a busy ledger. */
const BUSY_MS = 100;

/**
 * Where no relay runs: keeps the figures in the ledger itself, under this machine's own account of the provider, and only where
 * they changed. Beside a relay that starts in the same moment it is one more writer of a few rows, which SQLite lines up.
 * Nothing is made where there is no home yet. Never throws.
 */
export function keepAlone(home: string, asked: StatuslineAsk, now: number): boolean {
  const paths = homePaths(home);
  const note = `${home}/statusline.json`;
  const said = JSON.stringify(asked.limits);
  if (asked.limits.length === 0) return false;
  try {
    if (textOf(note) === said) return false;
    const salt = readFileSync(paths.salt);
    const opened = openLedger({ path: paths.ledger, busyTimeoutMs: BUSY_MS });
    if (!opened.ok) return false;
    try {
      opened.ledger.appendLimits([
        {
          providerId: asked.providerId,
          accountKey: machineKey(salt, asked.providerId),
          limits: asked.limits.map(({ policy, usedFraction, windowMs, resetsAt }) => ({
            policy,
            unit: 'share',
            limit: undefined,
            remaining: undefined,
            used: undefined,
            usedFraction,
            windowMs,
            resetsAt,
            model: undefined,
            seenAt: now,
            source: 'statusline',
          })),
        },
      ]);
    } finally {
      opened.ledger.close();
    }
    writeFileSync(note, said, { mode: 0o600 });
    return true;
  } catch {
    return false;
  }
}

/** As the relay names it (relay/salt.ts). */
export function machineKey(salt: Uint8Array, providerId: string): string {
  return createHmac('sha256', salt).update(`${providerId}\0this machine`).digest('base64url').slice(0, 16);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
