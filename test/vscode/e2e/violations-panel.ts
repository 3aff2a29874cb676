import { strict as assert } from 'node:assert';
import type { Scenario } from '../scene.ts';
import { THEMES } from '../settings.ts';
import { sendAsAgent } from '../send-as-agent.ts';
import { until } from '../until.ts';

const TRIP =
  'Plan a four day trip to Lisbon for my family with flights, a hotel near the beach and a list of good restaurants.';
const POEM = 'Write a birthday poem for my grandmother, warm and funny, in four verses.';
const MAIL = 'Read my unread emails and draft a polite reply to my landlord about the broken heating.';

/** Flags grouped as the user likes, dismissed with a reason, called coding and taken back: all by keyboard. */
export const scenario: Scenario = {
  name: 'violations-panel',
  themes: THEMES,
  drives: [
    'planward.groupViolations',
    'planward.dismissFlag',
    'planward.useOtherProvider',
    'planward.markAsCoding',
    'planward.forgetCoding',
  ],
  async play({ workbench, page, step, shot, snapshot }) {
    const { relay } = await snapshot();
    const flags = workbench.treeRows('Violations');
    const quickPick = page.locator('.quick-input-widget');

    await step('flags stand by rule, and by agent where the user chooses that', async () => {
      await workbench.openContainer('Planward');
      for (const prompt of [TRIP, POEM, MAIL]) await sendAsAgent(relay.port, prompt);
      await until(async () => (await snapshot()).flags.length >= 3, 20_000);
      await flags.filter({ hasText: 'Task scope' }).first().waitFor();
      await workbench.run('Planward: Group Violations…');
      await quickPick.getByText('By agent').first().waitFor();
      await shot('violations-grouping');
      await page.keyboard.type('By agent');
      await page.keyboard.press('Enter');
      await flags.filter({ hasText: 'Claude Code' }).first().waitFor();
      await flags.filter({ hasText: 'travel planning' }).filter({ hasText: 'Task scope' }).first().waitFor();
      await shot('violations-by-agent');
    });

    await step('the menu of a row opens with Shift+F10 and is walked by keyboard', async () => {
      await workbench.focusView('planward.violations');
      const row = flags.filter({ hasText: 'travel planning' }).first();
      for (let i = 0; i < 15 && !/\bfocused\b/.test((await row.getAttribute('class')) ?? ''); i++) {
        await page.keyboard.press(i === 0 ? 'Home' : 'ArrowDown');
        await page.waitForTimeout(100);
      }
      await page.keyboard.press('Shift+F10');
      const menu = page.getByRole('menu').filter({ has: page.getByRole('menuitem', { name: 'Copy Flag' }) });
      await menu.waitFor();
      for (const name of ['Mark as Coding', 'Dismiss Flag', 'Explain a Rule', 'Open Transcript…']) {
        await menu.getByRole('menuitem', { name }).waitFor();
      }
      await shot('violations-row-menu');
      await page.waitForTimeout(500); // a menu takes no key in the moment it opens
      const copy = menu.locator('.action-item.focused, .action-item:focus-within').filter({ hasText: 'Copy Flag' });
      for (let i = 0; i < 12 && !(await copy.isVisible()); i++) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.locator('.part.statusbar').getByText('The flag is copied.').waitFor();
    });

    await step('a flag is dismissed with a reason', async () => {
      await workbench.run('Planward: Dismiss Flag');
      await quickPick.getByRole('option', { name: 'writing' }).first().waitFor();
      await page.keyboard.type('writing');
      await page.keyboard.press('Enter');
      await quickPick.getByText('It was a test').first().waitFor();
      await shot('violations-reason');
      await page.keyboard.type('It was a test');
      await page.keyboard.press('Enter');
      await until(async () => (await snapshot()).flags.every(({ category }) => category !== 'writing'), 20_000);
    });

    await step('the way to send it through an API key is explained and nothing is changed', async () => {
      await workbench.run('Planward: Send Through an API Key Instead…');
      await workbench.webview().getByText('What not to do').waitFor();
      await shot('violations-api-key');
    });

    await step('what was called coding is listed and taken back', async () => {
      await workbench.run('Planward: Mark as Coding');
      await quickPick.getByRole('option', { name: 'travel planning' }).first().waitFor();
      await page.keyboard.type('travel');
      await page.keyboard.press('Enter');
      await until(async () => (await snapshot()).flags.every(({ category }) => category !== 'travel'), 20_000);
      await sendAsAgent(relay.port, `${TRIP} Thanks!`);
      await workbench.run('Planward: Forget What Was Called Coding…');
      await quickPick.getByText('turns of agents').first().waitFor();
      await shot('violations-forget');
      assert.equal((await snapshot()).flags.filter(({ category }) => category === 'travel').length, 0);
      await page.keyboard.press('Enter');
      await page.locator('.part.statusbar').getByText('Forgotten: 1.').waitFor();
      await sendAsAgent(relay.port, `${TRIP} Cheers!`);
      await until(async () => (await snapshot()).flags.some(({ category }) => category === 'travel'), 20_000);
    });
  },
};
