import { strict as assert } from 'node:assert';
import type { Scenario } from '../scene.ts';
import { until } from '../until.ts';

/** The container's two trees, the dashboard for the keyboard, and what each says before there is anything to show. */
export const scenario: Scenario = {
  name: 'sidebar',
  themes: ['dark', 'light'],
  async play({ workbench, page, step, shot, startTraffic }) {
    const plans = workbench.treeRows('Plans');
    const activity = workbench.treeRows('Activity');
    const sidebar = page.locator('.part.sidebar');

    await step('empty views say the one next step', async () => {
      await workbench.openContainer('Planward');
      await sidebar.getByText('No plan has been seen yet.').waitFor();
      await sidebar.getByText('No request has passed the relay yet.').waitFor();
      await shot('welcome');
    });

    await step('a plan appears with its windows once an agent talks', async () => {
      await startTraffic();
      await plans.filter({ hasText: 'GLM Coding Plan Pro' }).first().waitFor();
      await plans.filter({ hasText: '5 hours' }).first().waitFor();
      await plans.filter({ hasText: 'Week' }).first().waitFor();
    });

    await step('activity lists both agents, their requests and the relay', async () => {
      for (const text of ['Claude Code', 'Cline', 'Latest requests', 'Relay']) {
        await activity.filter({ hasText: text }).first().waitFor();
      }
      await until(async () => (await activity.count()) > 8, 60_000);
      await shot('trees', { publish: true });
    });

    await step('every row is a sentence for a screen reader', async () => {
      const labels = await plans.evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
      assert.match(labels.join('\n'), /percent of the 5-hour window used, resets in/);
    });

    await step('plan usage opens from the palette and lists windows and actions', async () => {
      await workbench.run('Planward: Show Plan Usage');
      await workbench.quickInput.getByRole('option', { name: /5 hours/ }).waitFor();
      await shot('plan-usage', { publish: true });
      await page.keyboard.press('Escape');
    });

    await step('the log tells how the relay was found', async () => {
      await workbench.run('Planward: Show Log');
      await page.locator('.part.panel .output-view-container').getByText('relay live').first().waitFor();
      await shot('log');
    });
  },
};
