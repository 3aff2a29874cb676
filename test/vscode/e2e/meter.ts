import { strict as assert } from 'node:assert';
import type { Scenario } from '../scene.ts';
import { THEMES } from '../settings.ts';
import { percentIn } from '../meter-text.ts';
import { until } from '../until.ts';

/** The status bar follows the traffic of two agents through a relay that the extension started. */
export const scenario: Scenario = {
  name: 'meter',
  themes: THEMES,
  core: true,
  async play({ workbench, step, shot, snapshot, startTraffic }) {
    const meter = workbench.statusItem('planward.planward', 'planward.meter');

    await step('the meter is there before any traffic', async () => {
      await meter.waitFor();
      assert.notEqual((await meter.innerText()).trim(), '');
    });

    await step('the extension started a relay by itself', async () => {
      const { exchanges, relay } = await snapshot();
      assert.equal(exchanges, 0);
      assert.ok(relay.pid > 1);
    });

    await step('the binding window shows once agents talk', async () => {
      await startTraffic();
      await meter.getByText(/\d+\s*%/).waitFor();
      await shot('meter');
    });

    await step('the meter moves while they go on', async () => {
      const before = percentIn(await meter.innerText());
      await until(async () => percentIn(await meter.innerText()) > before, 30_000);
    });

    await step('the hover tells plan, windows and source', async () => {
      await meter.hover();
      const card = workbench.hover.filter({ hasText: 'GLM Coding Plan' });
      await card.waitFor();
      await shot('hover-first', { clip: { x: 0, y: 480, width: 800, height: 320 } });
      await workbench.lookAway();
    });
  },
};
