import { expect, test } from 'vitest';
import { HOVER_COMMANDS } from '../../../src/extension/present/hover-actions.ts';
import { presentHover } from '../../../src/extension/present/hover.ts';
import { account, agent, MINUTE, NOW, quotaWindow, snapshot, week } from '../snapshots.ts';
import { english } from '../voices.ts';

const hover = (over: Parameters<typeof snapshot>[0]) =>
  presentHover(english, { state: 'live', snapshot: snapshot(over) }, 7526, NOW);

test('the hover has a row per window with bar, percent, amount and reset, then source and age', () => {
  const text = hover({}).replaceAll('\u00a0', ' ');
  expect(text).toContain('**GLM Coding Plan Pro**');
  expect(text).toContain(
    String.raw`| 5 hours | ${'`'}██████████░░░░░░${'`'} | [**62\%**](command:planward.flipUsage "Show what is left") | &nbsp;&nbsp;7\,440 \/ 12\,000 credits | &nbsp;&nbsp;resets 14\:05 |`,
  );
  expect(text).toContain(
    String.raw`| Week | ${'`'}████░░░░░░░░░░░░${'`'} | [**23\%**](command:planward.flipUsage "Show what is left") |  | &nbsp;&nbsp;resets Thu 09\:12 |`,
  );
  expect(text).toContain(String.raw`Source: usage API\, 2 min ago\; our own count agrees within 1\%`);
  expect(text).toContain('1 in flight');
});

test('where no figure stands the row says so and draws no bar', () => {
  const text = hover({
    accounts: [
      account({
        windows: [quotaWindow({ usedFraction: undefined, used: undefined }), week({ resetsAt: NOW - MINUTE })],
      }),
    ],
  }).replaceAll('\u00a0', ' ');
  expect(text).toContain('| 5 hours |  | **unknown** |');
  expect(text).toContain('| Week |  | **not read since its reset** |');
  expect(text).not.toContain('░');
});

test('trouble with the usage API is said, with the next try', () => {
  const poll = { state: 'backing-off', reason: 'It answered 429.', lastAt: NOW, nextAt: NOW + 5 * MINUTE } as const;
  expect(hover({ accounts: [account({ poll })] })).toContain(
    String.raw`$(warning) The usage API did not answer as hoped\. It answered 429\. Next try 12\:42\.`,
  );
});

test('a stopped key can be lifted from the hover of its account, and from no other', () => {
  const stop = { providerId: 'zai', accountKey: account().accountKey, code: '1313', since: NOW };
  const lift = `command:planward.liftStop?${encodeURIComponent(JSON.stringify([`zai/${stop.accountKey}`]))}`;
  expect(hover({ stopped: [stop] })).toContain(lift);
  expect(hover({ stopped: [{ ...stop, accountKey: 'another' }] })).not.toContain('command:planward.liftStop');
});

test('names from outside cannot bring links, icons or table cells', () => {
  const evil = '[x](command:workbench.action.quit) | $(flame) <img src=x>';
  const text = hover({
    accounts: [account({ planName: evil })],
    agents: [agent({ agentName: evil })],
  });
  const commands = [...text.matchAll(/(?<!\\)\]\(command:([\w.]+)\)/g)].map(([, command]) => command);
  expect(commands.every((command) => (HOVER_COMMANDS as readonly unknown[]).includes(command))).toBe(true);
  expect(text).not.toMatch(/(?<!\\)<img/);
  expect(text).not.toMatch(/(?<!\\)\$\(flame\)/);
});

test('the hover says what is left where the user wants that, and a click on the figure turns it back', () => {
  const live = { state: 'live', snapshot: snapshot() } as const;
  const text = presentHover(english, live, 7526, NOW, { showRemaining: true }).replaceAll('\u00a0', ' ');
  expect(text).toContain(
    String.raw`| 5 hours | ${'`'}█████░░░░░░░${'`'} | [**38\% left**](command:planward.flipUsage "Show what is used") | &nbsp;&nbsp;4\,560 \/ 12\,000 credits | &nbsp;&nbsp;resets 14\:05 |`,
  );
});

test('the hover of one provider tells nothing of the others', () => {
  const kimi = account({ accountKey: 'b2', providerId: 'kimi', planName: 'Kimi Code' });
  const live = { state: 'live', snapshot: snapshot({ accounts: [account(), kimi] }) } as const;
  const text = presentHover(english, live, 7526, NOW, { showRemaining: false }, kimi);
  expect(text).toContain('Kimi Code');
  expect(text).not.toContain('GLM Coding Plan');
});

test('without a relay the hover says why and offers to start it', () => {
  const text = presentHover(english, { state: 'lost', reason: 'port-busy', snapshot: snapshot() }, 7526, NOW);
  expect(text).toContain('Port 7526 is used by another program.');
  expect(text).toContain('(command:planward.startRelay)');
  expect(text).not.toContain('62');
});
