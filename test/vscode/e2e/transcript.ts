import { strict as assert } from 'node:assert';
import type { Scenario } from '../scene.ts';
import { THEMES } from '../settings.ts';
import { until } from '../until.ts';

const TRIP =
  'Thanks, that worked. Now plan a four day trip to Lisbon for my family with flights and a hotel near the beach.';
const CODING = 'Fix the failing unit test in parser.ts and run the suite again.';
const POEM = 'Write a birthday poem for my grandmother, warm and funny, in four verses.';

/** One turn of Cline, which names no session: its turns stand in one transcript. */
async function send(port: number, text: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/@cline/zai/api/coding/paas/v4/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-sim-000', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'glm-4.7', stream: true, messages: [{ role: 'user', content: text }] }),
    signal: AbortSignal.timeout(30_000),
  });
  await response.text();
}

/** The live transcript of a session: opened by keyboard, flags inline, followed as turns come, redacted until excerpts are allowed. */
export const scenario: Scenario = {
  name: 'transcript',
  themes: THEMES,
  drives: ['planward.openTranscript', 'planward.actOnFlag'],
  async play({ workbench, page, step, shot, snapshot }) {
    const { relay } = await snapshot();
    const flags = workbench.treeRows('Violations');
    const lines = page.locator('.monaco-editor .view-line');
    const squiggle = page.locator('.monaco-editor .squiggly-warning');

    await step('a session is opened from the palette and says each turn without its text', async () => {
      await send(relay.port, CODING);
      await send(relay.port, TRIP);
      await until(async () => (await snapshot()).transcripts?.[0]?.flags === 1, 10_000);
      await workbench.run('Planward: Open Transcript…');
      await workbench.quickInput.getByRole('option').first().waitFor();
      await page.keyboard.press('Enter');
      await lines.filter({ hasText: 'characters, coding' }).first().waitFor();
      await lines.filter({ hasText: 'travel planning' }).first().waitFor();
      assert.equal(await lines.filter({ hasText: 'Lisbon' }).count(), 0);
      await squiggle.first().waitFor();
      await shot('transcript-redacted');
    });

    await step('it follows a turn that comes while it is open', async () => {
      await send(relay.port, POEM);
      await lines.filter({ hasText: 'writing' }).first().waitFor();
    });

    await step('its flags stand in Problems, with the code that leads to the rule', async () => {
      await workbench.run('View: Focus Problems');
      const rows = page.locator('.part.panel .markers-panel');
      await rows.getByText('Outside the coding scope of').first().waitFor();
      await rows.getByText('task-scope/travel').first().waitFor();
      await shot('transcript-problems');
    });

    await step('the hover of a flag gives its evidence and ways on, by keyboard', async () => {
      await lines.filter({ hasText: 'travel planning' }).first().click();
      await page.keyboard.press('F8');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+K');
      await page.keyboard.press('Control+I');
      await page.locator('.monaco-hover').filter({ visible: true }).getByText('Evidence').first().waitFor();
      await shot('transcript-hover');
      await page.keyboard.press('Escape');
    });

    await step('where excerpts are allowed the sentence itself is marked', async () => {
      await workbench.run('Preferences: Open Settings (UI)');
      await page.locator('.settings-editor .search-container').first().click();
      await page.keyboard.type('planward.scope.storeExcerpts');
      await page.locator('.settings-editor').getByText('Remote [').first().click();
      await page.locator('.settings-editor').getByText('1 Setting Found').first().waitFor();
      await page.locator('.settings-editor .setting-item-bool [role="checkbox"]').first().click();
      await page.waitForTimeout(1500);
      await page.keyboard.press('Escape');
      await send(relay.port, `${TRIP} In May.`);
      await until(async () => ((await snapshot()).transcripts?.[0]?.flags ?? 0) >= 3, 10_000);
      await workbench.openContainer('Planward');
      await flags.filter({ hasText: 'travel planning' }).first().click({ button: 'right' });
      const item = page.getByRole('menuitem', { name: 'Open Transcript…' });
      await item.waitFor();
      await page.waitForTimeout(500); // a menu takes no click in the moment it opens
      await item.click();
      await item.waitFor({ state: 'detached' });
      await lines.filter({ hasText: 'Lisbon' }).first().waitFor();
      await squiggle.first().waitFor();
      await shot('transcript');
    });

    await step('Ctrl+. on a flagged turn lists what can be done there, and calls it coding', async () => {
      const before = (await snapshot()).flags.length;
      await page.keyboard.press('Control+.');
      await workbench.quickInput.getByRole('option', { name: 'Mark as Coding' }).first().waitFor();
      await shot('transcript-act');
      await page.keyboard.type('Mark as Coding');
      await page.keyboard.press('Enter');
      await until(async () => (await snapshot()).flags.length < before, 10_000);
    });

    await step('lenses above a flagged turn say the same, and are reached by keyboard', async () => {
      const lens = page.locator('.monaco-editor .codelens-decoration');
      await lens.filter({ hasText: 'What does the rule say' }).first().waitFor();
      await lines.filter({ hasText: 'writing' }).first().click();
      await shot('transcript-lenses');
      await workbench.run('Show CodeLens Commands for Current Line');
      await workbench.quickInput
        .getByRole('option', { name: /What does the rule say/ })
        .first()
        .waitFor();
      await page.keyboard.type('What does');
      await page.keyboard.press('Enter');
      await workbench.webview().getByText('How Planward sees it').waitFor();
      await workbench.run('View: Close Editor');
      await workbench.webview().locator('body').waitFor({ state: 'detached' });
    });

    await step('from the palette a flag is chosen first, and on a turn without one nothing is offered', async () => {
      await lines.filter({ hasText: 'characters, coding' }).first().click();
      await workbench.run('Planward: Act on a Flag');
      await page.locator('.part.statusbar').getByText('No flag stands on this turn.').waitFor();
    });

    await step('a quick fix in Problems dismisses a flag, and it goes', async () => {
      const before = (await snapshot()).flags.length;
      await workbench.run('View: Focus Problems');
      const problems = page.locator('.part.panel .markers-panel');
      await problems.getByText('Outside the coding scope of').first().click();
      await problems.locator('.monaco-list-row.focused').getByText('Outside the coding scope of').waitFor();
      const fix = page
        .getByRole('menuitem', { name: 'Dismiss this flag' })
        .or(page.locator('.action-widget').getByText('Dismiss this flag'))
        .first();
      // The fixes are asked for when a row is chosen, and until they are there the key finds none.
      await until(async () => {
        await page.keyboard.press('Control+.');
        return await fix.waitFor({ timeout: 1500 }).then(
          () => true,
          () => false,
        );
      }, 20_000);
      await shot('transcript-quick-fix');
      await page.waitForTimeout(300);
      await fix.click();
      await workbench.quickInput.getByText('It was a test').first().waitFor();
      await page.keyboard.press('Enter');
      await until(async () => (await snapshot()).flags.length < before, 10_000);
    });
  },
};
