import { expect, test } from 'vitest';
import { dashboardPage } from '../../../src/extension/present/dashboard-page.ts';
import { presentDashboard } from '../../../src/extension/present/dashboard-view.ts';
import { COMMANDS } from '../../../src/extension/registry/commands.ts';
import { PAGE_COMMANDS } from '../../../src/protocol/dashboard.ts';
import { account, MINUTE, NOW, quotaWindow, snapshot, week } from '../snapshots.ts';
import { english } from '../voices.ts';

test('a live account has a card for each window, in words', () => {
  const forecast = {
    pace: 0.11,
    outlook: 'runs-out',
    exhaustsAt: NOW + 44 * MINUTE,
    confidence: 'fair',
    turnsLeft: 17,
  } as const;
  const accounts = [account({ windows: [quotaWindow({ forecast }), week()] })];
  const view = presentDashboard(english, { state: 'live', snapshot: snapshot({ accounts }) }, 7526, NOW);
  expect(view.state).toBe('live');
  expect(view.accounts[0]?.cards.map(({ name, use }) => [name, use])).toEqual([
    ['5 hours', '62%'],
    ['Week', '23%'],
  ]);
  expect(view.accounts[0]?.cards[0]).toMatchObject({
    exhaustsAt: NOW + 44 * MINUTE,
    pace: '11 points ahead of even use',
    outlook: expect.stringContaining('44 min before its reset'),
    stale: false,
  });
});

test('a figure that grew old says so and forecasts nothing', () => {
  const accounts = [account({ windows: [quotaWindow({ seenAt: NOW - 60 * MINUTE, basis: 'provider' })] })];
  const view = presentDashboard(english, { state: 'live', snapshot: snapshot({ accounts }) }, 7526, NOW);
  expect(view.accounts[0]?.cards[0]).toMatchObject({ stale: true, exhaustsAt: undefined });
});

test.each([
  [{ state: 'live', snapshot: snapshot({ accounts: [] }) }, 'empty', 'planward.connectAgent'],
  [{ state: 'lost', reason: 'off' }, 'lost', 'planward.startRelay'],
  [{ state: 'lost', reason: 'exited' }, 'lost', 'planward.showLog'],
  [{ state: 'starting' }, 'waiting', undefined],
  [{ state: 'unknown' }, 'waiting', undefined],
] as const)('%# says one sentence and one next step', (connection, state, command) => {
  const view = presentDashboard(english, connection, 7526, NOW);
  expect([view.state, view.action?.command]).toEqual([state, command]);
  expect(view.message).toMatch(/\w+\.$/);
});

test('without the relay what was known last stays, with its age', () => {
  const view = presentDashboard(
    english,
    { state: 'lost', reason: 'off', snapshot: snapshot() },
    7526,
    NOW + 12 * MINUTE,
  );
  expect(view.accounts).toHaveLength(1);
  expect(view.message).toContain('What is shown is 12 min old.');
});

test('the page may run one script, and asks nothing of the network', () => {
  const page = dashboardPage({
    title: 'a "title" <b>',
    language: 'en',
    script: 'https://x/dashboard.js',
    style: 'https://x/dashboard.css',
    source: 'https://x',
    nonce: 'abc',
  });
  const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'nonce-abc'");
  expect(policy).not.toMatch(/unsafe|connect-src|\*/);
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).not.toMatch(/style="|onclick|<style/);
  expect(page).toContain('a &quot;title&quot; &lt;b>');
});

test('what a page may run are commands of ours', () => {
  const ids: readonly string[] = COMMANDS.map(({ id }) => id);
  expect(PAGE_COMMANDS.filter((id) => !ids.includes(id))).toEqual([]);
});
