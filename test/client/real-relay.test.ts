import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { fetchSettings, patchSettings } from '../../src/client/call-relay.ts';
import { findRelay } from '../../src/client/find-relay.ts';
import { launchRelay } from '../../src/client/launch-relay.ts';
import { watchRelay } from '../../src/client/watch-relay.ts';
import type { RelayConnection } from '../../src/client/watch-relay.ts';
import { endRelayOf } from '../vscode/scratch.ts';
import { scratchHome } from './scratch-home.ts';
import { freePort } from '../support/free-port.ts';

const ROOT = join(import.meta.dirname, '../..');
const programs = new Map<string, string>();

/** The relay of this clone, bundled as it is shipped, under two versions. */
beforeAll(async () => {
  for (const version of ['1.0.0', '1.1.0']) {
    const outfile = join(ROOT, '.cache', 'client-test', `relay-${version}.cjs`);
    await build({
      absWorkingDir: ROOT,
      entryPoints: ['src/relay/main.ts'],
      bundle: true,
      platform: 'node',
      target: 'node22',
      format: 'cjs',
      outfile,
      logLevel: 'error',
      define: { PLANWARD_VERSION: JSON.stringify(version) },
    });
    programs.set(version, outfile);
  }
});

async function stage() {
  const home = await scratchHome();
  onTestFinished(() => endRelayOf(home));
  const port = await freePort();
  const seen: RelayConnection[] = [];
  function watch(version: string) {
    const watching = watchRelay({
      home,
      port,
      version,
      relayScript: programs.get(version)!,
      autoStart: true,
      onChange: (connection) => seen.push(connection),
    });
    onTestFinished(() => watching.dispose());
    return watching;
  }
  const live = (more: (connection: RelayConnection) => boolean = () => true) =>
    vi.waitFor(
      () => {
        const last = seen.at(-1);
        if (last?.state !== 'live' || !more(last)) throw new Error(`${last?.state} ${last?.reason} ${last?.message}`);
        return last.snapshot!.relay;
      },
      { timeout: 15_000 },
    );
  return { home, port, watch, live, seen };
}

test('a window starts the relay on the port it was given and follows it', async () => {
  const { port, watch, live } = await stage();
  watch('1.0.0');
  expect(await live()).toMatchObject({ version: '1.0.0', port, draining: false });
});

test('a relay that was killed is back on its port', async () => {
  const { port, watch, live } = await stage();
  watch('1.0.0');
  const { pid } = await live();
  process.kill(pid, 'SIGKILL');
  expect(await live((c) => c.snapshot?.relay.pid !== pid)).toMatchObject({ version: '1.0.0', port });
});

test('a newer window brings its own relay, and an older one beside it follows along', async () => {
  const { port, watch, live, seen } = await stage();
  watch('1.0.0');
  const { pid } = await live();
  watch('1.1.0');
  const newer = await live((c) => c.snapshot?.relay.version === '1.1.0');
  expect(newer).toMatchObject({ port });
  expect(newer.pid).not.toBe(pid);
  await vi.waitFor(
    () => expect(seen.filter((c) => c.snapshot?.relay.pid === newer.pid).length).toBeGreaterThan(1),
    10_000,
  );
  expect(seen.filter((c) => c.state === 'lost')).toEqual([]);
});

test('an older window brings the newer relay back, not its own', async () => {
  const { watch, live, seen } = await stage();
  const newer = watch('1.1.0');
  await live();
  newer.dispose();
  seen.length = 0;
  const older = watch('1.0.0');
  const { pid } = await live();
  process.kill(pid, 'SIGKILL');
  const back = await live((c) => c.snapshot?.relay.pid !== pid);
  expect(back.version).toBe('1.1.0');
  older.restart();
  expect((await live((c) => c.snapshot?.relay.pid !== back.pid)).version).toBe('1.1.0');
});

test('a restart asked for by the user gives another process on the same port', async () => {
  const { port, watch, live } = await stage();
  const watching = watch('1.0.0');
  const { pid } = await live();
  watching.restart();
  expect(await live((c) => c.snapshot?.relay.pid !== pid)).toMatchObject({ port });
});

test('two windows that start at once share one relay', async () => {
  const { home, watch, live, seen } = await stage();
  watch('1.0.0');
  watch('1.0.0');
  const { pid } = await live();
  await vi.waitFor(() => expect(seen.filter((c) => c.state === 'live').length).toBeGreaterThan(1), 10_000);
  const found = await findRelay(home);
  expect(found.ok && found.health.pid).toBe(pid);
  expect(new Set(seen.map((c) => c.snapshot?.relay.pid).filter((p) => p !== undefined))).toEqual(new Set([pid]));
});

test('the relay takes settings and keeps them', async () => {
  const { home, watch, live } = await stage();
  watch('1.0.0');
  await live();
  const found = await findRelay(home);
  if (!found.ok) throw new Error(found.message);
  expect(await patchSettings(found.endpoint, { pollUsage: { zai: false } })).toMatchObject({ ok: true });
  expect(await fetchSettings(found.endpoint)).toMatchObject({ ok: true, value: { pollUsage: { zai: false } } });
  expect(await readFile(`${home}/settings.json`, 'utf8')).toContain('pollUsage');
});

test('a port that another program holds is reported by that program’s name', async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const home = await scratchHome();
  const launched = await launchRelay({ home, port, version: '1.0.0', relayScript: programs.get('1.0.0')! });
  expect(launched).toMatchObject({ ok: false, reason: 'port-busy' });
  expect(launched.ok ? '' : launched.message).toMatch(
    new RegExp(`^Port ${port} is used by (.+ \\(pid ${process.pid}\\)|another program)\\. Stop that program`),
  );
});
