import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../scene.ts';
import { THEMES } from '../settings.ts';
import { sendAsAgent } from '../send-as-agent.ts';
import { until } from '../until.ts';

const TRIP =
  'Plan a four day trip to Lisbon for my family with flights, a hotel near the beach and a list of good restaurants.';
const PROMPT_FILE = `# Daily jobs

- Fix the failing unit test in parser.ts and run the suite again.
- ${TRIP}
`;

/** A prompt outside the terms is marked in the file that holds it, and listed, counted and told once when an agent sends it. */
export const scenario: Scenario = {
  name: 'violations',
  themes: THEMES,
  core: true,
  drives: ['planward.showViolations', 'planward.checkPromptFile'],
  async play({ workbench, page, workspace, step, shot, snapshot }) {
    writeFileSync(join(workspace, 'jobs.prompt.md'), PROMPT_FILE);
    const { relay } = await snapshot();
    const flags = workbench.treeRows('Violations');

    await step('the empty view says what will stand there', async () => {
      await workbench.openContainer('Planward');
      await page.locator('.part.sidebar').getByText('No open flag').waitFor();
    });

    await step('a turn outside the terms is told once, listed under its rule and counted', async () => {
      await sendAsAgent(relay.port, TRIP);
      await until(async () => (await snapshot()).flags.length > 0, 10_000);
      await sendAsAgent(relay.port, 'Write a birthday poem for my grandmother, warm and funny, in four verses.');
      const toast = workbench.toasts.filter({ hasText: 'travel planning' });
      await toast.first().waitFor();
      await flags.filter({ hasText: 'Task scope' }).first().waitFor();
      await flags.filter({ hasText: 'travel planning' }).first().waitFor();
      await workbench.statusItem('planward.planward', 'planward.flags').waitFor();
      await flags.filter({ hasText: 'writing' }).first().waitFor();
      assert.equal(await workbench.toasts.count(), 1);
      await shot('violations', { publish: true });
    });

    await step('its rule opens by keyboard', async () => {
      await workbench.run('Planward: Show Violations');
      await flags.filter({ hasText: 'travel planning' }).first().click();
      await workbench.webview().getByText('How Planward sees it').waitFor();
      await shot('rule');
    });

    await step('marked as coding it is gone', async () => {
      await workbench.toasts.getByRole('button', { name: 'Mark as Coding' }).click();
      await until(async () => (await snapshot()).flags.every(({ category }) => category !== 'travel'), 10_000);
      await flags.filter({ hasText: 'travel planning' }).first().waitFor({ state: 'detached' });
    });

    await step('the sentence in a prompt file has a squiggle, and the other has none', async () => {
      await workbench.openFile('jobs.prompt.md');
      await page.locator('.squiggly-warning').first().waitFor();
      await page.keyboard.press('F8');
      await page.getByText('Outside the coding scope of GLM Coding Plan').first().waitFor();
      await shot('prompt-squiggle');
      await page.keyboard.press('Escape');
    });

    await step('it stands in Problems', async () => {
      await workbench.run('Planward: Check This Prompt File');
      await page.locator('.part.panel').getByText('Outside the coding scope of GLM Coding Plan').first().waitFor();
      await shot('prompt-problems');
    });

    await step('a quick fix takes it away', async () => {
      await page.locator('.monaco-editor .view-line').filter({ hasText: 'Lisbon' }).first().click();
      await page.locator('.lightBulbWidget, .codicon-gutter-lightbulb').first().waitFor();
      await page.keyboard.press('Control+.');
      await page.getByText('What does the rule say').first().waitFor();
      await page.getByText('Send it through an API-key provider instead').first().waitFor();
      await shot('prompt-quick-fix', { publish: true });
      await page.getByText('This is coding here').first().click();
      await page.locator('.squiggly-warning').first().waitFor({ state: 'detached' });
    });
  },
};
