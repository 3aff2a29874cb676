import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { endpointSchema } from '../../../src/protocol/endpoint.ts';
import { homePaths } from '../../../src/protocol/home.ts';
import { ANSWERS, ask, CANARIES, found } from '../../security/canaries.ts';
import { startRawUpstream } from '../../support/raw-upstream.ts';
import type { Scenario } from '../scene.ts';
import { percentIn } from '../meter-text.ts';
import { until } from '../until.ts';

/** Windows come and go and relays die; agents' traffic and the ledger do not notice. */
export const scenario: Scenario = {
  name: 'lifecycle',
  themes: ['dark'],
  async play({ workbench, page, pointAt, home, step, snapshot, startTraffic, openStream, openWindow }) {
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

    await step(
      'no secret of a request or its answer stands in any file of VS Code, its extensions or the home',
      async () => {
        const upstream = await startRawUpstream(ANSWERS);
        try {
          const endpoint = endpointSchema.parse(JSON.parse(readFileSync(homePaths(home).endpoint, 'utf8')));
          await pointAt({ anthropic: upstream.url });
          const relayUrl = `http://127.0.0.1:${endpoint.port}`;
          // A door that the simulated agents do not take.
          const said = [await ask(relayUrl, '/anthropic'), await ask(relayUrl, '/anthropic')];
          assert.ok(said[0]?.includes(CANARIES.answer) && said[1]?.includes(CANARIES.key), said.join('\n'));
          await until(
            async () => (await snapshot()).incidents.some(({ providerId }) => providerId === 'anthropic'),
            10_000,
          );
          // VS Code writes its state and its logs some time after.
          await page.waitForTimeout(3000);
        } finally {
          await upstream.close();
        }
        const root = dirname(home);
        const files = readAll(root);
        for (const part of ['home/ledger.db', 'user-data/logs/', 'user-data/data/', 'ext/'])
          assert.ok(
            [...files.keys()].some((name) => name.startsWith(part)),
            `nothing to search in ${part}: ${[...files.keys()].slice(0, 40).join(' ')}`,
          );
        assert.deepEqual(found(files), []);
        const state = Buffer.from((await page.evaluate(BROWSER_STATE)) as string);
        assert.ok(state.length > 500, `the window keeps no state: ${state.toString()}`);
        assert.deepEqual(found(new Map([['browser', state]])), []);
        // The search itself is proven: what is put there is found.
        writeFileSync(join(root, 'user-data', 'seeded'), `{"x":"${CANARIES.prompt}"}`);
        assert.deepEqual(found(readAll(root)), ['user-data/seeded: prompt']);
      },
    );
  },
};

/** Everything this window keeps in the browser: VS Code's state of a web window stands there. */
const BROWSER_STATE = `(async () => {
  const wait = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const kept = [JSON.stringify({ ...localStorage })];
  for (const { name } of await indexedDB.databases()) {
    const database = await wait(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store);
      const values = (await wait(all.getAll())).map((value) =>
        value instanceof Uint8Array ? new TextDecoder().decode(value) : value);
      kept.push(name, store, JSON.stringify(values));
    }
    database.close();
  }
  return kept.join('\\n');
})()`;

/** Every file below a folder that is there long enough to be read. */
function readAll(folder: string): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    try {
      if (entry.isFile()) files.set(path.slice(folder.length + 1), readFileSync(path));
    } catch {
      // Gone meanwhile: then nothing is left in it either.
    }
  }
  return files;
}

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
