import { strict as assert } from 'node:assert';
import type { Scenario } from '../scene.ts';
import { THEMES } from '../settings.ts';

/** The sidebar's trees and the palette show the same plan and the same agents as the meter. */
export const scenario: Scenario = {
  name: 'sidebar',
  themes: THEMES,
  core: true,
  drives: ['planward.showPlanUsage'],
  async play({ workbench, page, step, shot, startTraffic }) {
    await step('before any traffic the sidebar says what to do next', async () => {
      await workbench.openContainer('Planward');
      await page.locator('.part.sidebar').getByText('No plan has been seen yet').waitFor();
      await shot('sidebar-empty');
    });

    await step('plans list the plan with its two windows', async () => {
      await startTraffic();
      const plans = workbench.treeRows('Plans');
      await plans.filter({ hasText: 'GLM Coding Plan' }).first().waitFor();
      await page.locator('.part.sidebar').getByRole('tree', { name: 'Plans' }).focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      await plans.filter({ hasText: '5 hours' }).waitFor();
      await plans.filter({ hasText: /week/i }).first().waitFor();
    });

    await step('agents lists both, activity their requests', async () => {
      const agents = workbench.treeRows('Agents');
      await agents
        .filter({ hasText: /Claude Code.*→ Z\.AI/ })
        .first()
        .waitFor();
      await agents
        .filter({ hasText: /Cline.*→ Z\.AI/ })
        .first()
        .waitFor();
      await workbench.treeRows('Activity').filter({ hasText: 'Latest requests' }).waitFor();
      await workbench.lookAway();
      await shot('sidebar', { clip: { x: 0, y: 0, width: 640, height: 800 } });
    });

    await step('the palette shows plan usage to the keyboard alone', async () => {
      await workbench.lookAway();
      await workbench.command('planward.showPlanUsage');
      const row = workbench.quickInput.getByText('GLM Coding Plan').first();
      await row.waitFor();
      await workbench.lookAway();
      await page.waitForTimeout(1000);
      assert.ok(await row.isVisible(), 'the list closed by itself');
      await shot('plan-usage', { clip: { x: 240, y: 0, width: 800, height: 420 }, publish: true });
      await page.keyboard.press('Escape');
    });
  },
};
