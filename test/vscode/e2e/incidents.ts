import { strict as assert } from 'node:assert';
import { startMockProvider } from '../../support/mock-provider.ts';
import type { Scenario } from '../scene.ts';
import { THEMES } from '../settings.ts';
import { sendAsAgent } from '../send-as-agent.ts';

/** Refusals become one incident, one notification and a page that explains; slowing down queues what came too fast. */
export const scenario: Scenario = {
  name: 'incidents',
  themes: THEMES,
  drives: ['planward.explainCode', 'planward.explainLastError', 'planward.slowDown', 'planward.stopSlowingDown'],
  async play({ workbench, page, pointAt, step, shot, snapshot }) {
    const { relay } = await snapshot();
    const mock = await startMockProvider({ maxInFlight: 1, creditsBefore: 4000, delivery: { firstByteMs: 2500 } });
    const meter = workbench.statusItem('planward.planward', 'planward.meter');
    const incidents = workbench.treeRows('Incidents');
    try {
      await workbench.openContainer('Planward');
      await pointAt({ zai: mock.url });
      await sendAsAgent(relay.port, 'Begin.');
      assert.ok(mock.requests.length > 0);
      await page.locator('.part.sidebar').getByText('No provider has refused anything').waitFor();

      await step('requests beyond what the plan takes at once become one notification', async () => {
        const sent = await Promise.all([0, 1, 2, 3, 4].map((i) => sendAsAgent(relay.port, `Step ${i}.`)));
        assert.ok(sent.filter((status) => status === 429).length >= 3, sent.join());
        const toast = workbench.toasts.filter({ hasText: '1302' });
        await toast.first().waitFor();
        assert.equal(await workbench.toasts.count(), 1);
        await toast.getByRole('button', { name: 'Slow down' }).waitFor();
        await toast.getByRole('button', { name: 'Pause Claude Code' }).waitFor();
        await shot('incident-notification');
      });

      await step('the view lists the incident with causes, remedies and time line', async () => {
        const row = incidents.filter({ hasText: '1302' }).first();
        await row.waitFor();
        await incidents
          .filter({ hasText: /likely|stated|possible/ })
          .first()
          .waitFor();
        // Rows outside the view are not drawn.
        await page.locator('.part.sidebar').getByRole('tree', { name: 'Incidents' }).focus();
        await page.keyboard.press('End');
        await incidents.filter({ hasText: 'Time line' }).waitFor();
        await shot('incidents');
      });

      await step('the page explains it', async () => {
        await workbench.toasts.getByRole('button', { name: 'Explain' }).click();
        await workbench.webview().getByText('What may lie behind it').waitFor();
        await workbench.webview().getByText('What helps').waitFor();
        await shot('explanation', { publish: true });
        await page.keyboard.press('Control+F4');
        await workbench.command('planward.explainLastError');
        await page.getByRole('tab', { name: /Incident 1302/ }).waitFor();
        await workbench.webview().getByText('What may lie behind it').first().waitFor();
      });

      await step('a code is looked up by typing it', async () => {
        await workbench.run('Planward: Explain an Error Code');
        const input = workbench.quickInput.locator('input').first();
        await input.fill('1303');
        await workbench.quickInput.getByRole('option', { name: /1303/ }).first().waitFor();
        await shot('explain-code', { clip: { x: 240, y: 0, width: 800, height: 420 } });
        await page.keyboard.press('Enter');
        await workbench.webview().getByText('1303').first().waitFor();
        await page.getByRole('tab', { name: /1303/ }).waitFor();
      });

      await step('slowed down, the same burst waits in line and none is refused', async () => {
        await workbench.run('Planward: Slow Down');
        await workbench.quickInput.getByRole('option', { name: 'Z.AI' }).waitFor();
        await page.keyboard.press('Enter');
        await workbench.toasts.filter({ hasText: 'wait in line' }).waitFor();
        const sent = Promise.all([5, 6, 7].map((i) => sendAsAgent(relay.port, `Step ${i}.`)));
        await meter.getByText(/waiting \d/).waitFor();
        await shot('meter-queue', { clip: { x: 0, y: 600, width: 800, height: 200 } });
        const statuses = await sent;
        assert.deepEqual(
          statuses.filter((status) => status !== 200),
          [],
        );
      });

      await step('it stops slowing down by one command', async () => {
        await workbench.run('Planward: Stop Slowing Down');
        await page.locator('.part.statusbar').getByText('no longer slowed down').waitFor();
      });
    } finally {
      await mock.close();
    }
  },
};
