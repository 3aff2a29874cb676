import { expect, test } from 'vitest';
import type { AccountView } from '../../../src/core/snapshot.ts';
import { presentMeterItems } from '../../../src/extension/present/meter-items.ts';
import type { MeterTaste } from '../../../src/extension/present/meter-view.ts';
import { account, agent, DAY, HOUR, NOW, quotaWindow, snapshot } from '../snapshots.ts';
import { english } from '../voices.ts';

const TASTE: MeterTaste = { format: 'percent', showRemaining: false, paceWarning: 15 };
const kimi = account({
  accountKey: 'b2',
  providerId: 'kimi',
  providerName: 'Kimi',
  shortName: 'Kimi',
  windows: [quotaWindow({ usedFraction: 0.3 })],
  lastSeenAt: NOW - 5 * HOUR,
});

const items = (accounts: AccountView[], taste: Partial<MeterTaste> = { items: 'perProvider' }) =>
  presentMeterItems(english, { state: 'live', snapshot: snapshot({ accounts }) }, { ...TASTE, ...taste }, 7526, NOW);

test('one entry shows the plan that will stop the user first', () => {
  expect(items([kimi, account()], {}).map(({ id, view }) => [id, view.text])).toEqual([
    ['planward.meter', '$(pulse) GLM 62%'],
  ]);
});

test('one entry per provider stands by name, whatever the figures', () => {
  expect(items([account(), kimi]).map(({ id, name, view }) => [id, name, view.text])).toEqual([
    ['planward.meter.kimi', 'Planward: plan usage (Kimi)', '$(pulse) Kimi 30%'],
    ['planward.meter.zai', 'Planward: plan usage (Z.AI)', '$(pulse) GLM 62%'],
  ]);
});

test('of several accounts of a provider the tighter one shows', () => {
  const other = account({ accountKey: 'c3', windows: [quotaWindow({ usedFraction: 0.9, level: 'low' })] });
  expect(items([account(), other]).map(({ view }) => view.text)).toEqual(['$(warning) GLM 90%']);
});

test('a provider not used for a day has no entry, and where none was there is the one', () => {
  const old = { ...kimi, lastSeenAt: NOW - 2 * DAY };
  expect(items([account(), old]).map(({ id }) => id)).toEqual(['planward.meter.zai']);
  expect(items([old]).map(({ id }) => id)).toEqual(['planward.meter']);
});

test('an entry counts the held requests of its own provider only', () => {
  const agents = [agent({ paused: true, held: 2 }), agent({ agentId: 'cline', providerId: 'kimi' })];
  const live = { state: 'live', snapshot: snapshot({ accounts: [account(), kimi], agents }) } as const;
  const shown = presentMeterItems(english, live, { ...TASTE, items: 'perProvider' }, 7526, NOW);
  expect(shown.map(({ view }) => view.text)).toEqual(['$(pulse) Kimi 30%', '$(pulse) GLM 62% $(debug-pause) 2']);
});

test('while the relay is off there is one entry that says so', () => {
  const lost = { state: 'lost', reason: 'off', snapshot: snapshot() } as const;
  const shown = presentMeterItems(english, lost, { ...TASTE, items: 'perProvider' }, 7526, NOW);
  expect(shown.map(({ id, view }) => [id, view.text])).toEqual([
    ['planward.meter', '$(debug-disconnect) Planward: relay off'],
  ]);
});
