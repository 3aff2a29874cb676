import { strict as assert } from 'node:assert';
import type { Scenario } from '../scene.ts';

/** The demo plays on a relay of its own, says that it does, and leaves the user's own relay as it was. */
export const scenario: Scenario = {
  name: 'demo',
  themes: ['dark', 'light'],
  async play({ workbench, page, step, shot, snapshot }) {
    const mark = workbench.statusItem('planward.planward', 'planward.demo');
    await step('Try the Demo… plays a normal day, and a mark says that it is simulated', async () => {
      await workbench.statusItem('planward.planward', 'planward.meter').waitFor();
      await snapshot();
      await workbench.run('Planward: Try the Demo…');
      await page.getByText('A normal day').waitFor();
      await page.keyboard.press('Enter');
      await mark.waitFor({ timeout: 30_000 });
      const meter = workbench.statusItem('planward.planward', 'planward.meter');
      await meter.filter({ hasText: '%' }).waitFor({ timeout: 20_000 });
      await shot('demo');
    });

    await step('nothing of it reaches the user’s own relay, which is back once the demo is stopped', async () => {
      await workbench.run('Planward: Stop the Demo');
      await mark.waitFor({ state: 'hidden', timeout: 15_000 });
      const { exchanges, accounts } = await snapshot();
      assert.deepEqual([exchanges, accounts.length], [0, 0]);
    });
  },
};
