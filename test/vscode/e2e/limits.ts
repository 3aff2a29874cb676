import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startMockProvider } from '../../support/mock-provider.ts';
import { fail, say } from '../../support/mock-reply.ts';
import type { Scenario } from '../scene.ts';
import { THEMES } from '../settings.ts';
import { sendAsAgent } from '../send-as-agent.ts';
import { until } from '../until.ts';

const METER = { x: 0, y: 600, width: 800, height: 200 };

/** The user's own limits, a key stopped after a policy stop, the dossier for the appeal, and a report. */
export const scenario: Scenario = {
  name: 'limits',
  themes: THEMES,
  drives: ['planward.setGuard', 'planward.liftGuard', 'planward.liftStop', 'planward.exportReport'],
  async play({ workbench, page, pointAt, home, workspace, step, shot, snapshot }) {
    const { relay } = await snapshot();
    const mock = await startMockProvider({ creditsBefore: 4000 });
    const meter = workbench.statusItem('planward.planward', 'planward.meter');
    const pick = (name: string | RegExp) => workbench.quickInput.getByRole('option', { name }).first();
    const statusbar = page.locator('.part.statusbar');
    const input = workbench.quickInput.locator('input').first();
    const saved = (start: string) => readdirSync(workspace).find((name) => name.startsWith(start));
    try {
      await workbench.openContainer('Planward');
      await pointAt({ zai: mock.url });
      await sendAsAgent(relay.port, 'Begin.');
      assert.ok(mock.requests.length > 0);
      await meter.getByText(/\d%/).waitFor();
      const send = (prompt: string): Promise<number> => sendAsAgent(relay.port, prompt);

      await step('a guard is set from the palette, and what it holds back takes the meter over', async () => {
        await workbench.run('Planward: Set a Guard');
        await pick('Pause near the limit').waitFor();
        await shot('guard-choices', { clip: { x: 240, y: 0, width: 800, height: 420 } });
        await pick('Pause near the limit').click();
        await pick('Another share').click();
        await input.fill('0');
        await workbench.quickInput.getByText('A number from 1 to 100').waitFor();
        await input.fill('5');
        await page.keyboard.press('Enter');
        await pick(/Pause near the limit, 5%/).waitFor();
        await page.keyboard.press('Escape');
        await meter.getByText(/on hold until/).waitFor();
        const before = mock.requests.length;
        assert.notEqual(await send('Go on.'), 200);
        assert.equal(mock.requests.length, before, 'a held request reached the provider');
        await shot('meter-guard', { clip: METER });
      });

      await step('the meter’s click and the palette let requests go on, until the reset', async () => {
        await meter.click();
        await pick(/Let requests of .* go on/).waitFor();
        await shot('guard-lift', { clip: { x: 240, y: 0, width: 800, height: 420 } });
        await page.keyboard.press('Escape');
        await workbench.command('planward.liftGuard');
        await pick(/Let requests of .* go on/).waitFor();
        await page.keyboard.press('Enter');
        await meter.getByText(/on hold/).waitFor({ state: 'hidden' });
        assert.equal(await send('Go on.'), 200);
      });

      await step('all guards are taken away by one choice', async () => {
        await workbench.run('Planward: Set a Guard');
        await pick('Take all guards away').click();
        await until(async () => (await snapshot()).guarded?.length === 0, 10_000);
      });

      await step('slowed down, the meter has a mark though nobody waits', async () => {
        await workbench.run('Planward: Slow Down');
        await pick('Z.AI').click();
        await workbench.toasts.filter({ hasText: 'wait in line' }).waitFor();
        await meter.locator('.codicon-list-ordered').waitFor();
        await shot('meter-slowed', { clip: METER });
      });

      await step(
        'after a policy stop all traffic of the key is stopped, and the notification offers to appeal',
        async () => {
          mock.setScript(() => fail('1313'));
          await send('Once more.');
          await meter.getByText(/stopped \(1313\)/).waitFor();
          const before = mock.requests.length;
          await send('And again.');
          assert.equal(mock.requests.length, before, 'a request of a stopped key reached the provider');
          await workbench.toasts.filter({ hasText: '1313' }).first().waitFor();
          await shot('policy-stop');
        },
      );

      await step('Appeal makes a dossier, saved where the user says, to be filled in', async () => {
        await workbench.toasts.filter({ hasText: '1313' }).getByRole('button', { name: 'Appeal' }).click();
        await until(async () => /planward-appeal-zai-.*\.md$/.test(await input.inputValue()), 10_000);
        await page.keyboard.press('Enter');
        await until(() => Promise.resolve(saved('planward-appeal') !== undefined), 15_000);
        await page.getByRole('tab', { name: /planward-appeal-zai/ }).waitFor();
        const text = readFileSync(join(workspace, saved('planward-appeal')!), 'utf8');
        assert.match(text, /^# Appeal: /);
        assert.match(text, /1313/);
        assert.match(text, /All traffic of this key is held back/);
        assert.ok(!text.includes('Once more.') && !text.includes('sk-sim-000'), 'no prompt and no key');
        await shot('dossier');
      });

      await step('the stopped key is lifted from the meter by keyboard, and requests go through again', async () => {
        mock.setScript(() => say('Done.'));
        await workbench.run('Planward: Lift a Stopped Key');
        await pick(/Let requests to Z.AI/).waitFor();
        await page.keyboard.press('Enter');
        await meter.getByText(/stopped/).waitFor({ state: 'hidden' });
        assert.equal(await send('Now?'), 200);
      });

      await step('a report is saved as a page', async () => {
        await workbench.run('Planward: Export Report');
        await pick('The last 7 days').click();
        await pick('Page to read').click();
        await until(async () => /planward-report-.*\.md$/.test(await input.inputValue()), 10_000);
        await page.keyboard.press('Enter');
        await until(() => Promise.resolve(saved('planward-report') !== undefined), 15_000);
        await page.getByRole('tab', { name: /planward-report/ }).waitFor();
        assert.match(readFileSync(join(workspace, saved('planward-report')!), 'utf8'), /## By agent/);
        await statusbar.waitFor();
        await shot('report');
      });
      assert.ok(existsSync(home));
    } finally {
      await mock.close();
    }
  },
};
