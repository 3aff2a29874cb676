import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMockVendors } from '../../support/mock-vendors.ts';
import type { RelayProcess } from '../../support/relay-process.ts';
import { answerResponses, CLOSING, pointCodexAt, runCodex } from './codex-session.ts';
import { check, type Check } from './expectations.ts';
import { readLedgerRows } from './ledger-rows.ts';
import { startReading, sumsOf, untilRead, waysOf } from './reading-relay.ts';

/** Real Codex, seen by the relay and in its own rollout files at once, then in its files alone: each turn counts once. */
export async function judgeCodexTwice(installedIn: string, timeoutMs: number): Promise<readonly Check[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'planward-codex-'));
  const home = join(scratch, 'home');
  const relayHomes = ['both', 'alone'].map((name) => join(scratch, name));
  const vendors = await startMockVendors({ openai: answerResponses });
  const upstreams = { openai: vendors.url('openai') };
  let relay: RelayProcess | undefined;
  try {
    relay = await startReading(relayHomes[0]!, home, upstreams);
    pointCodexAt(home, `${relay.url}/openai/v1`);
    const run = await runCodex(installedIn, home, timeoutMs);
    const both = await untilRead(relay, ({ turnFiles }) => (turnFiles?.matched ?? 0) + (turnFiles?.turns ?? 0) > 1);
    await relay.stop();
    const carried = readLedgerRows(relayHomes[0]!).filter(({ outcome }) => outcome === 'completed');

    relay = await startReading(relayHomes[1]!, home, upstreams);
    const alone = await untilRead(relay, ({ turnFiles }) => (turnFiles?.turns ?? 0) > 1);
    await relay.stop();
    const written = readLedgerRows(relayHomes[1]!);
    const seen = JSON.stringify({ carried, written, both: both.turnFiles, alone: alone.turnFiles });
    return [
      check('the session works', run.code === 0 && run.output.includes(CLOSING), run.output.slice(-1500)),
      check('seen both ways, each answer counts once', both.turnFiles?.turns === 0 && carried.length === 2, seen),
      check('every turn of its files was known from the relay', both.turnFiles?.matched === 2, seen),
      check(
        'its files alone give the same totals as the relay',
        written.length === 2 && sumsOf(written) === sumsOf(carried),
        seen,
      ),
      check(
        'the ways in which it is seen are told',
        waysOf(both, 'codex') === 'relay,transcript' && waysOf(alone, 'codex') === 'transcript',
        JSON.stringify([both.agents, alone.agents]),
      ),
    ];
  } finally {
    await relay?.stop();
    await vendors.close();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}
