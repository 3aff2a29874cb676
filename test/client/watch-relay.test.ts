import { expect, onTestFinished, test, vi } from 'vitest';
import type { LaunchRequest, LaunchResult } from '../../src/client/launch-relay.ts';
import { watchRelay } from '../../src/client/watch-relay.ts';
import type { RelayConnection, WatchOptions } from '../../src/client/watch-relay.ts';
import { snapshot } from '../extension/snapshots.ts';
import { startFakeRelay } from './fake-relay.ts';
import type { FakeRelay } from './fake-relay.ts';
import { scratchHome } from './scratch-home.ts';

const VERSION = '1.2.0';

/** A window's watch on a scratch home whose `launch` brings up fake relays in this process. */
async function stage(over: Partial<WatchOptions> & { readonly failing?: LaunchResult } = {}) {
  const home = await scratchHome();
  const relays: FakeRelay[] = [];
  const seen: RelayConnection[] = [];
  let pid = 1000;
  async function bring(version: string, port = 0): Promise<FakeRelay> {
    pid++;
    const relay = await startFakeRelay({
      home,
      version,
      port,
      pid,
      snapshot: (endpoint) => snapshot({ relay: { ...snapshot().relay, pid: endpoint.pid, version } }),
    });
    relays.push(relay);
    return relay;
  }
  const launch = vi.fn(async (_asked: LaunchRequest): Promise<LaunchResult> => {
    if (over.failing !== undefined) return over.failing;
    const { endpoint } = await bring(VERSION);
    return { ok: true, endpoint, health: { name: 'planward', ...endpoint, uptimeMs: 0, draining: false } };
  });
  function watch() {
    const made = watchRelay({
      home,
      port: 0,
      version: VERSION,
      relayScript: 'relay.cjs',
      autoStart: true,
      onChange: (connection) => seen.push(connection),
      launch,
      wait: (failures) => (failures === 0 ? 0 : 30),
      ...over,
    });
    onTestFinished(() => made.dispose());
    return made;
  }
  onTestFinished(async () => {
    for (const relay of relays) await relay.stop().catch(() => undefined);
  });
  const reach = (state: RelayConnection['state'], more: (c: RelayConnection) => boolean = () => true) =>
    vi.waitFor(() => {
      const last = seen.at(-1);
      if (last?.state !== state || !more(last)) throw new Error(`state is ${last?.state} ${last?.reason}`);
      return last;
    }, 8000);
  return { home, bring, launch, watch, seen, reach };
}

test('a relay that is there is followed and nothing is started', async () => {
  const { bring, watch, reach, launch } = await stage();
  const relay = await bring(VERSION);
  watch();
  await reach('live');
  relay.publish(snapshot({ exchanges: 99 }));
  expect((await reach('live', (c) => c.snapshot?.exchanges === 99)).endpoint?.port).toBe(relay.endpoint.port);
  expect(launch).not.toHaveBeenCalled();
});

test('a missing relay is started, then followed', async () => {
  const { watch, reach, seen } = await stage();
  watch();
  await reach('live');
  expect(seen.map((c) => c.state)).toEqual(['starting', 'live']);
});

test('a relay that dies is started again, and its last snapshot stays until the next one comes', async () => {
  const { bring, watch, reach, launch, seen } = await stage();
  const relay = await bring(VERSION);
  watch();
  await reach('live');
  await relay.kill();
  await reach('live', (c) => c.snapshot?.relay.pid === 1002);
  expect(launch).toHaveBeenCalledOnce();
  expect(seen.find((c) => c.state === 'starting')).toMatchObject({
    reason: 'restarting',
    snapshot: { relay: { pid: 1001 } },
  });
});

test('a newer window drains an older relay and starts its own', async () => {
  const { bring, watch, reach, launch } = await stage();
  await bring('1.1.0');
  watch();
  expect((await reach('live')).snapshot?.relay.version).toBe(VERSION);
  expect(launch.mock.calls[0]?.[0].notPid).toBe(1001);
});

test('an older window follows a newer relay and leaves it in place', async () => {
  const { bring, watch, reach, launch } = await stage();
  await bring('2.0.0');
  watch();
  expect((await reach('live')).snapshot?.relay.version).toBe('2.0.0');
  expect(launch).not.toHaveBeenCalled();
});

test('where starting is switched off the relay stays off until the user asks', async () => {
  const { watch, reach, launch } = await stage({ autoStart: false });
  const watching = watch();
  expect(await reach('lost')).toMatchObject({ reason: 'off' });
  expect(launch).not.toHaveBeenCalled();
  watching.start();
  await reach('live');
  expect(launch).toHaveBeenCalledOnce();
});

test('a restart drains the running relay and follows the fresh one', async () => {
  const { bring, watch, reach } = await stage();
  await bring(VERSION);
  const watching = watch();
  await reach('live');
  watching.restart();
  await reach('live', (c) => c.snapshot?.relay.pid === 1002);
});

test('a port taken by somebody else is reported as lost with the sentence, and tried again', async () => {
  const failing = { ok: false, reason: 'port-busy', message: 'Port 7526 is used by another program.' } as const;
  const { watch, reach, launch, seen } = await stage({ failing });
  watch();
  expect(await reach('lost')).toMatchObject({ reason: 'port-busy', message: failing.message });
  await vi.waitFor(() => expect(launch.mock.calls.length).toBeGreaterThan(2));
  expect(seen.filter((c) => c.state === 'starting')).toHaveLength(1);
});

test('a snapshot that cannot be read makes the state unknown and keeps the last good one', async () => {
  const { bring, watch, reach } = await stage();
  const relay = await bring(VERSION);
  watch();
  await reach('live');
  relay.sendRaw('snapshot', '{"schema":"planward.status.v9"}');
  expect(await reach('unknown')).toMatchObject({ reason: 'unreadable', snapshot: { exchanges: 42 } });
});

test('a disposed watch hangs up and starts nothing any more', async () => {
  const { bring, watch, reach, launch, seen } = await stage();
  const relay = await bring(VERSION);
  const watching = watch();
  await reach('live');
  watching.dispose();
  await vi.waitFor(() => expect(relay.subscribers()).toBe(0));
  const count = seen.length;
  await relay.kill();
  await new Promise((done) => setTimeout(done, 100));
  expect([seen.length, launch.mock.calls.length]).toEqual([count, 0]);
});
