import type { Scenario } from '../scene.ts';
import { THEMES } from '../settings.ts';

/** The steps of the walkthrough open and show their pictures. */
export const scenario: Scenario = {
  name: 'walkthrough',
  themes: THEMES,
  core: true,
  drives: ['planward.openWalkthrough'],
  async play({ workbench, page, step, shot }) {
    await step('Get Started opens its steps', async () => {
      // Commands are in the palette once the extension is known.
      await workbench.statusItem('planward.planward', 'planward.meter').waitFor();
      // Pictures stand beside the steps where there is room for both.
      await page.setViewportSize({ width: 1600, height: 800 });
      await workbench.run('Planward: Get Started');
      for (const title of ['The relay is running', 'Connect an agent', 'Read the meter', 'Choose your plan'])
        await page.getByRole('heading', { name: title }).first().waitFor();
      await shot('walkthrough');
    });

    await step('a step has its button', async () => {
      // The relay ran before the walkthrough was known.
      await page.locator('[data-done-step-id$="#relay"][aria-checked=true]').first().waitFor();
      await page.getByRole('heading', { name: 'Read the meter' }).first().click();
      await page.getByRole('button', { name: 'Show Plan Usage' }).waitFor();
      // The picture of the step before stays until this one's is drawn, and nothing tells when.
      await page.waitForTimeout(1500);
      await shot('walkthrough-meter');
      for (const [title, id] of [
        ['Choose your plan', 'plan'],
        ['What is stored, and what is not', 'stored'],
      ] as const) {
        await page.getByRole('heading', { name: title }).first().click();
        await page.waitForTimeout(1500);
        await shot(`walkthrough-${id}`);
      }
    });
  },
};
