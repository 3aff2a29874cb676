import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Scenario } from '../scene.ts';
import { until } from '../until.ts';

/** The demo plays on a relay of its own, says that it does, and leaves the user's own relay as it was. */
export const scenario: Scenario = {
  name: 'demo',
  themes: ['dark', 'light'],
  drives: ['planward.tryDemo', 'planward.export', 'planward.stopDemo'],
  async play({ workbench, page, workspace, home, step, shot, snapshot }) {
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

    await step('what the demo sent is exported as JSON, without a key', async () => {
      const input = workbench.quickInput.locator('input').first();
      const option = (name: string) => workbench.quickInput.getByRole('option', { name }).first();
      await workbench.command('planward.export');
      await option('Every request, for programs').waitFor();
      await page.keyboard.press('Enter');
      await option('Every request, for programs').waitFor({ state: 'hidden' });
      await option('day').waitFor();
      await page.keyboard.press('Enter');
      await until(
        async () => /planward-[\d-]+\.json$/.test(await input.inputValue({ timeout: 500 }).catch(() => '')),
        15_000,
      );
      await page.keyboard.press('Enter');
      let text = '';
      await until(() => {
        const name = readdirSync(workspace).find((file) => file.endsWith('.json'));
        text = name === undefined ? '' : readFileSync(join(workspace, name), 'utf8');
        return Promise.resolve(text.trimEnd().endsWith('}'));
      }, 15_000);
      await page.getByRole('tab', { name: /planward-.*\.json/ }).waitFor();
      await shot('demo-export');
      const { exchanges } = JSON.parse(text) as { exchanges: readonly object[] };
      assert.ok(exchanges.length > 0, 'no exchange of the demo was exported');
      assert.ok(!text.includes('sk-'), 'a key was exported');
    });

    await step(
      'a guard set in the demo is the demo’s alone: the user’s settings and relay never hear of it',
      async () => {
        const pick = (name: string | RegExp) => workbench.quickInput.getByRole('option', { name }).first();
        await workbench.run('Planward: Set a Guard');
        await pick('Pause near the limit').click();
        await pick(/^95/).click();
        await pick(/Pause near the limit, 95%/).waitFor();
        await page.keyboard.press('Escape');
        const settings = readFileSync(join(dirname(home), 'user-data', 'Machine', 'settings.json'), 'utf8');
        assert.ok(settings.includes('planward.'), 'these are not the settings');
        assert.ok(!settings.includes('guards'), settings);
        const kept = join(home, 'settings.json');
        assert.ok(!existsSync(kept) || !readFileSync(kept, 'utf8').includes('pauseAtPercent'));
      },
    );

    await step('nothing of it reaches the user’s own relay, which is back once the demo is stopped', async () => {
      await workbench.run('Planward: Stop the Demo');
      await mark.waitFor({ state: 'hidden', timeout: 15_000 });
      const { exchanges, accounts } = await snapshot();
      assert.deepEqual([exchanges, accounts.length], [0, 0]);
    });
  },
};
