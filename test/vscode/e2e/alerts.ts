import { strict as assert } from 'node:assert';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../support/loopback.ts';
import { answerAsPlan, askClaude } from '../plan-upstream.ts';
import type { Scenario } from '../scene.ts';
import { until } from '../until.ts';

const HOUR = 3_600_000;
/** Long enough for a window in the background to speak up. */
const SETTLE_MS = 3000;

/** Thresholds are told once over two windows, not at the baseline, not while snoozed, not in quiet hours; then what still stands. */
export const scenario: Scenario = {
  name: 'alerts',
  themes: ['dark', 'light'],
  drives: ['planward.snoozeAlerts'],
  async play({ workbench, page, pointAt, workspace, openWindow, step, shot, snapshot }) {
    const { relay } = await snapshot();
    const plan = { used: 0.85, weekUsed: 0.12, resetsAt: Date.now() + 2 * HOUR };
    const server = createServer((request, response) => answerAsPlan(plan, request, response));
    const port = await listen(server);
    const meter = workbench.statusItem('planward.planward', 'planward.meter');
    /** Writes settings of the folder and waits until the window goes by them, as the meter's format tells. */
    const settings = async (format: string, shown: RegExp, values: object): Promise<void> => {
      mkdirSync(join(workspace, '.vscode'), { recursive: true });
      const all = { ...values, 'planward.meter.format': format };
      writeFileSync(join(workspace, '.vscode', 'settings.json'), JSON.stringify(all));
      await meter.getByText(shown).waitFor();
    };
    /** The provider says so much with its next answer. */
    const say = async (used: number): Promise<void> => {
      plan.used = used;
      assert.equal(await askClaude(relay.port), 200);
      await until(
        async () => (await snapshot()).accounts[0]?.windows.some((w) => w.usedFraction === used) === true,
        10_000,
      );
    };
    const told = (text: RegExp) => workbench.toasts.filter({ hasText: text });
    const clear = async (): Promise<void> => {
      await page.keyboard.press('F1');
      await workbench.quickInput.locator('input').first().fill('>Notifications: Clear All Notifications');
      await page.keyboard.press('Enter');
      await workbench.toasts.first().waitFor({ state: 'hidden' });
    };
    try {
      await meter.getByText('Planward', { exact: true }).waitFor();
      await pointAt({ anthropic: `http://127.0.0.1:${port}` });

      await step('the first reading is a baseline: 85 % alerts nobody', async () => {
        await say(0.85);
        await meter.getByText(/85%/).waitFor();
        await page.waitForTimeout(SETTLE_MS);
        assert.equal(await workbench.toasts.count(), 0);
      });

      const second = await openWindow();
      const secondMeter = second.statusItem('planward.planward', 'planward.meter');
      await secondMeter.getByText(/85%/).waitFor();

      await step('a passed threshold is told in one of two windows, once', async () => {
        await say(0.96);
        const both = [
          told(/96% of the 5-hour window used, resets/),
          second.toasts.filter({ hasText: /96% of the 5-hour window used/ }),
        ];
        const count = async (): Promise<number> => (await both[0]!.count()) + (await both[1]!.count());
        await until(async () => (await count()) > 0, 15_000);
        await page.waitForTimeout(SETTLE_MS);
        assert.equal(await count(), 1);
        await second.page.close();
        await say(0.97);
        await page.waitForTimeout(SETTLE_MS);
        assert.ok((await told(/97%/).count()) === 0);
      });

      await step('alerts are snoozed by keyboard, and the list says until when', async () => {
        await clear().catch(() => undefined);
        await workbench.run('Planward: Snooze Alerts…');
        await workbench.quickInput.getByRole('option', { name: /30 minutes/ }).waitFor();
        await shot('snooze');
        await page.keyboard.press('Enter');
        await say(1);
        await meter.getByText(/resets (\w{3} )?\d\d:\d\d/).waitFor();
        await page.waitForTimeout(SETTLE_MS);
        assert.equal(await told(/used up/).count(), 0);
        await workbench.run('Planward: Show Plan Usage');
        await workbench.quickInput.getByRole('option', { name: /5 hours/ }).waitFor();
        await page.keyboard.type('Snooze');
        await workbench.quickInput.getByRole('option', { name: /Snooze alerts….*off until .*\d\d:\d\d/ }).waitFor();
        await page.keyboard.press('Escape');
      });

      await step('switched on again, what still stands is told', async () => {
        await workbench.run('Planward: Snooze Alerts…');
        await workbench.quickInput.getByRole('option', { name: /Switch alerts on/ }).waitFor();
        await page.keyboard.press('Enter');
        const toast = told(/the 5-hour window is used up, resets/);
        await toast.first().waitFor();
        await shot('alert-spent', { publish: true });
        await toast.getByRole('button', { name: 'Show', exact: true }).click();
        await workbench.quickInput.getByRole('option', { name: /5 hours/ }).waitFor();
        await page.keyboard.press('Escape');
      });

      await step('a reset is told where the user wants that', async () => {
        await settings('countdown', /resets in/, { 'planward.alerts.resets': true });
        plan.resetsAt += 5 * HOUR;
        await say(0.05);
        await told(/the 5-hour window has reset/)
          .first()
          .waitFor();
        await shot('alert-reset');
        await clear();
      });

      await step('in quiet hours nothing is told, and afterwards what still stands', async () => {
        const clock = (at: number): string => new Date(at).toTimeString().slice(0, 5);
        const quietHours = `${clock(Date.now() - HOUR)}-${clock(Date.now() + HOUR)}`;
        await settings('percent', /12%/, { 'planward.alerts.quietHours': quietHours });
        await say(0.82);
        await meter.getByText(/82%/).waitFor();
        await page.waitForTimeout(SETTLE_MS);
        assert.equal(await workbench.toasts.count(), 0);
        await settings('bars', /5h ●/, {});
        await told(/82% of the 5-hour window used/)
          .first()
          .waitFor();
        await shot('alert-threshold');
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
};
