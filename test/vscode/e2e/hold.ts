import { strict as assert } from 'node:assert';
import type { Snapshot } from '../../../src/core/snapshot.ts';
import type { Scenario } from '../scene.ts';
import { THEMES } from '../settings.ts';
import { sendAsAgent } from '../send-as-agent.ts';
import { until } from '../until.ts';

const TRIP = 'Plan a five day trip to Rome with flights, a hotel in the old town and dinner near the river.';
const POEM = 'Write a birthday poem for my grandmother, warm and funny, in four verses.';
const DIET = 'Make me a weekly meal plan to lose five kilos with breakfast, lunch, dinner and a shopping list.';

/** Hold mode is switched on from the palette; a held turn counts down and is sent, stopped, called coding or left to the clock. */
export const scenario: Scenario = {
  name: 'hold',
  themes: THEMES,
  drives: ['planward.setMode', 'planward.answerHold'],
  async play({ workbench, page, step, shot, snapshot }) {
    const { relay } = await snapshot();
    const flags = workbench.treeRows('Violations');
    const item = workbench.statusItem('planward.planward', 'planward.hold');
    const toast = workbench.toasts.filter({ hasText: 'waits for your word' });
    const held = async (): Promise<NonNullable<Snapshot['holds']>> => (await snapshot()).holds ?? [];
    const last = async () => (await snapshot()).flags[0];

    await step('Set Mode… offers four modes and puts Z.AI on hold, by keyboard', async () => {
      await workbench.openContainer('Planward');
      await sendAsAgent(relay.port, 'Fix the failing unit test in parser.ts and run the suite again.');
      await workbench.run('Planward: Set Mode…');
      await workbench.quickInput
        .getByText('Provider or plan')
        .or(workbench.quickInput.getByRole('option').first())
        .first()
        .waitFor();
      await page.keyboard.type('Z.AI');
      await page.keyboard.press('Enter');
      await workbench.quickInput.getByRole('option', { name: 'Hold' }).waitFor();
      await shot('set-mode');
      await page.keyboard.type('Hold');
      await page.keyboard.press('Enter');
      await until(async () => (await snapshot()).modes?.['zai'] === 'hold', 10_000);
      await flags.filter({ hasText: 'Mode: Z.AI' }).first().waitFor();
    });

    await step('a held turn counts down in the status bar, in a notification and in the panel', async () => {
      const answer = sendAsAgent(relay.port, TRIP);
      await item.waitFor();
      await toast.first().waitFor();
      await toast.getByText('if you say nothing').first().waitFor();
      await flags.filter({ hasText: 'held until' }).first().waitFor();
      const before = await item.textContent();
      await until(async () => (await item.textContent()) !== before, 5000);
      await shot('hold', { publish: true });
      await workbench.command('planward.answerHold');
      await workbench.quickInput.getByRole('option', { name: 'Send Once' }).waitFor();
      await shot('hold-answer');
      await page.keyboard.press('Enter');
      assert.equal(await answer, 200);
      await toast.first().waitFor({ state: 'detached' });
      await item.waitFor({ state: 'hidden' });
      assert.deepEqual([(await last())?.acted, (await last())?.heldBy], ['sent', 'user']);
    });

    await step('Stop in the notification answers the agent in its own refusal', async () => {
      const answer = sendAsAgent(relay.port, POEM);
      await toast.first().waitFor();
      await toast
        .getByRole('link', { name: 'Stop' })
        .or(toast.locator('a', { hasText: 'Stop' }))
        .first()
        .click();
      assert.notEqual(await answer, 200);
      await until(async () => (await last())?.acted === 'stopped', 10_000);
      await flags.filter({ hasText: 'stopped on your word' }).first().waitFor();
      await shot('hold-stopped');
    });

    await step('left alone it is sent when the time is over, and the flag says so', async () => {
      await workbench.run('Preferences: Open Settings (UI)');
      const field = page
        .locator('.settings-editor .settings-header .suggest-input-container, .settings-editor .search-container')
        .first();
      await field.click();
      await page.keyboard.type('planward.scope.holdSeconds');
      await page.locator('.settings-editor').getByText('Remote [').first().click();
      await page.locator('.settings-editor').getByText('1 Setting Found').first().waitFor();
      const seconds = page
        .locator('.settings-editor .setting-item-number input, .settings-editor .setting-item-control input')
        .first();
      await seconds.waitFor();
      await seconds.fill('5');
      await page.keyboard.press('Tab');
      await page.waitForTimeout(2500);
      const answer = sendAsAgent(relay.port, DIET);
      await until(async () => (await held()).length === 1, 10_000);
      const [hold] = await held();
      assert.equal(hold!.untilAt - hold!.since, 5000);
      assert.equal(await answer, 200);
      await until(async () => (await last())?.heldBy === 'time', 10_000);
    });
  },
};
