import { copyFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { patchSettings } from '../../src/client/call-relay.ts';
import { findRelay } from '../../src/client/find-relay.ts';
import { watchRelay, type RelayConnection, type RelayWatch } from '../../src/client/watch-relay.ts';
import { eventually, useProgram } from '../relay/program.ts';
import { chat } from '../relay/traffic.ts';
import { patience, runs } from '../support/run-length.ts';
import { endRelayOf } from '../vscode/scratch.ts';
import { expectWholeLedger, ledgerRows } from './rows.ts';
import { freePort } from '../support/free-port.ts';

const stage = useProgram();
const WINDOWS = 10;

interface Window {
  readonly watching: RelayWatch;
  last(): RelayConnection | undefined;
}

test(
  'ten windows that come and go share one relay, and no agent’s request fails because of it',
  async () => {
    const mock = await stage.mock();
    const port = await freePort();
    copyFileSync(stage.relayFile, `${stage.folder}/relay.cjs`);
    stage.onEnd(() => endRelayOf(stage.home));
    const open = (): Window => {
      let last: RelayConnection | undefined;
      const watching = watchRelay({
        home: stage.home,
        port,
        version: '1.2.3',
        relayScript: `${stage.folder}/relay.cjs`,
        autoStart: true,
        onChange: (connection) => (last = connection),
      });
      stage.onEnd(() => watching.dispose());
      return { watching, last: () => last };
    };
    let windows = Array.from({ length: WINDOWS }, open);
    const first = await eventually(async () => {
      const found = await findRelay(stage.home);
      if (!found.ok) throw new Error(found.message);
      return found;
    }, 15_000);
    const patched = await patchSettings(first.endpoint, { upstreams: { zai: mock.url } });
    expect(patched.ok).toBe(true);

    const failures: unknown[] = [];
    const stop = new AbortController();
    let answered = 0;
    const load = Array.from({ length: 3 }, async (_, i) => {
      while (!stop.signal.aborted) {
        try {
          const response = await chat(`http://127.0.0.1:${port}`, { stream: i === 0 });
          await response.text();
          expect(response.status).toBe(200);
          answered += 1;
        } catch (error) {
          failures.push(error);
        }
      }
    });
    for (let round = 0; round < runs(12, 400); round += 1) {
      const leaving = windows.splice(Math.floor(Math.random() * windows.length), 1 + Math.floor(Math.random() * 5));
      for (const { watching } of leaving) watching.dispose();
      await pause(Math.random() * 200);
      windows = [...windows, ...Array.from(leaving, open)];
      await pause(Math.random() * 200);
    }
    stop.abort();
    await Promise.all(load);
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(30);
    for (const window of windows) {
      await eventually(() => expect(window.last()?.state).toBe('live'), 10_000);
      expect(window.last()?.snapshot?.relay.pid).toBe(first.health.pid);
    }
    await eventually(
      () => expect(ledgerRows(stage.home, 'SELECT COUNT(*) AS n FROM exchange')[0]!['n']).toBe(answered),
      10_000,
    );
    expectWholeLedger(stage.home);
  },
  patience(60_000),
);
