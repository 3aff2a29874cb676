import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eventually, useProgram } from '../relay/program.ts';
import { chat } from '../relay/traffic.ts';
import { patience, runs } from '../support/run-length.ts';
import { expectWholeLedger, ledgerRows } from './rows.ts';

const stage = useProgram();

/** Ids of the rows another program can read: those the ledger has acknowledged. */
function acknowledged(after: string): readonly string[] {
  try {
    return ledgerRows(stage.home, `SELECT id FROM exchange WHERE id > '${after}' ORDER BY id`).map(({ id }) =>
      String(id),
    );
  } catch {
    return []; // it is being opened: nothing new can be read this time
  }
}

test(
  'SIGKILL at any moment under load loses no acknowledged row and damages no ledger',
  async () => {
    const rounds = runs(12, 1000);
    const mock = await stage.mock();
    let port = 0;
    let newest = '';
    const kept = new Set<string>();
    for (let round = 0; round < rounds; round += 1) {
      const relay = await stage.start({ upstreams: { zai: mock.url }, port });
      port = relay.port;
      const kill = new AbortController();
      const agents = Array.from({ length: 4 }, async (_, agent) => {
        while (!kill.signal.aborted) {
          try {
            await (await chat(relay.url, { stream: agent % 2 === 0 })).text();
          } catch {
            return;
          }
        }
      });
      await pause(200 + Math.random() * 600);
      // Every other one dies wherever it is, even before its ledger is open.
      if (round % 2 === 0) await eventually(() => expect(acknowledged(newest)).not.toEqual([]), 20_000);
      for (const id of acknowledged(newest)) kept.add((newest = id));
      relay.child.kill('SIGKILL');
      kill.abort();
      await Promise.all([...agents, relay.exited]);
      if (round % 50 === 49) {
        expectWholeLedger(stage.home);
        console.log(`${round + 1} kills, ${kept.size} acknowledged rows so far`);
      }
    }
    expect(kept.size).toBeGreaterThanOrEqual(rounds / 2);
    const last = await stage.start({ upstreams: { zai: mock.url }, port });
    const { notices } = await last.until(({ ledger, exchanges }) => ledger.state === 'ok' && exchanges > 0, 20_000);
    expect(notices).toEqual([]);
    expect(await last.stop()).toBe(0);
    expectWholeLedger(stage.home);
    const found = new Set(acknowledged(''));
    expect([...kept].filter((id) => !found.has(id))).toEqual([]);
    // Sums were written in the same transactions as the rows they sum up.
    expect(ledgerRows(stage.home, 'SELECT SUM(exchanges) AS n FROM burn')[0]!['n']).toBe(found.size);
    expect(ledgerRows(stage.home, `SELECT value FROM meta WHERE key = 'exchanges'`)[0]!['value']).toBe(found.size);
  },
  patience(90_000),
);
