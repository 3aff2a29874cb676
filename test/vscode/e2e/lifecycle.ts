import { strict as assert } from 'node:assert';
import { DatabaseSync } from 'node:sqlite';
import { homePaths } from '../../../src/protocol/home.ts';
import type { Scenario } from '../scene.ts';
import { percentIn } from '../meter-text.ts';
import { until } from '../until.ts';

/** Windows come and go and relays die; agents' traffic and the ledger do not notice. */
export const scenario: Scenario = {
  name: 'lifecycle',
  themes: ['dark'],
  async play({ workbench, page, home, step, snapshot, startTraffic, openStream, openWindow }) {
    const meter = workbench.statusItem('planward.planward', 'planward.meter');
    await meter.waitFor();

    await step('two windows share one relay', async () => {
      const { relay } = await snapshot();
      await startTraffic();
      const second = await openWindow();
      const shown = second.statusItem('planward.planward', 'planward.meter').getByText(/\d+\s*%/);
      await Promise.all([shown.waitFor(), meter.getByText(/\d+\s*%/).waitFor()]);
      assert.equal((await snapshot()).relay.pid, relay.pid);
      await second.page.goto('about:blank');
      await second.page.close();
    });

    await step('a window reloaded in the middle of a stream costs no byte of it', async () => {
      const { relay } = await snapshot();
      const stream = await openStream();
      await page.reload();
      assert.ok(!stream.ended(), 'the stream was over before the window was back');
      await workbench.ready();
      await meter.getByText(/\d+\s*%/).waitFor();
      assert.ok(await stream.whole, 'the stream differs from what the upstream sent');
      assert.equal((await snapshot()).relay.pid, relay.pid);
    });

    await step('a relay that is killed comes back on its port, and the meter with it', async () => {
      const { relay } = await snapshot();
      const recorded = countExchanges(homePaths(home).ledger);
      assert.ok(recorded > 0, 'nothing was recorded before');
      process.kill(relay.pid, 'SIGKILL');
      await until(async () => {
        const now = await snapshot().catch(() => undefined);
        return now !== undefined && now.relay.pid !== relay.pid && now.relay.port === relay.port;
      }, 30_000);
      await meter.getByText(/\d+\s*%/).waitFor();
      const before = percentIn(await meter.innerText());
      await until(async () => percentIn(await meter.innerText()) > before, 30_000);
      assert.ok(countExchanges(homePaths(home).ledger) >= recorded, 'recorded exchanges are gone');
    });
  },
};

/** Reads the ledger beside the running relay, which SQLite allows; throws where the file is damaged. */
function countExchanges(file: string): number {
  const ledger = new DatabaseSync(file, { readOnly: true });
  try {
    assert.deepEqual({ ...ledger.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
    return Number(ledger.prepare('SELECT count(*) AS n FROM exchange').get()?.['n']);
  } finally {
    ledger.close();
  }
}
