import { expect, onTestFinished, test } from 'vitest';
import { drainRelay, fetchSettings, fetchSnapshot, patchSettings } from '../../src/client/call-relay.ts';
import { snapshot } from '../extension/snapshots.ts';
import { startFakeRelay } from './fake-relay.ts';
import { scratchHome } from './scratch-home.ts';

async function fake() {
  const relay = await startFakeRelay({ home: await scratchHome(), snapshot: () => snapshot({ exchanges: 7 }) });
  onTestFinished(() => relay.stop());
  return relay;
}

test('the snapshot comes back typed', async () => {
  const { endpoint } = await fake();
  const called = await fetchSnapshot(endpoint);
  expect(called.ok && called.value.exchanges).toBe(7);
});

test('a patch gives the settings now in force', async () => {
  const { endpoint, patches } = await fake();
  expect(await patchSettings(endpoint, { plans: { zai: 'glm-coding-pro' } })).toMatchObject({
    ok: true,
    value: { plans: { zai: 'glm-coding-pro' }, retentionDays: 400 },
  });
  expect(patches).toEqual([{ plans: { zai: 'glm-coding-pro' } }]);
  expect(await fetchSettings(endpoint)).toMatchObject({ ok: true, value: { plans: { zai: 'glm-coding-pro' } } });
});

test('what the relay refuses comes back with its own sentence', async () => {
  const { endpoint } = await fake();
  expect(await patchSettings(endpoint, { upstreams: { zai: 'not a url' } })).toEqual({
    ok: false,
    reason: 'refused',
    message: 'These settings are not valid.',
  });
});

test('a wrong token, a dead relay and an unreadable answer are told apart', async () => {
  const relay = await fake();
  expect(await fetchSnapshot({ ...relay.endpoint, token: 'wrong' })).toMatchObject({
    ok: false,
    reason: 'unauthorised',
  });
  relay.publish({ schema: 'something-else' } as never);
  expect(await fetchSnapshot(relay.endpoint)).toMatchObject({ ok: false, reason: 'unreadable' });
  await relay.kill();
  expect(await fetchSnapshot(relay.endpoint)).toMatchObject({ ok: false, reason: 'unreachable' });
});

test('a drain is acknowledged before the relay leaves', async () => {
  const { endpoint } = await fake();
  expect(await drainRelay(endpoint)).toEqual({ ok: true, value: true });
});
