import { strict as assert } from 'node:assert';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../support/loopback.ts';
import { answerAsPlan, askClaude } from '../plan-upstream.ts';
import type { Scenario } from '../scene.ts';
import { sendAsAgent } from '../send-as-agent.ts';
import { until } from '../until.ts';

const MINUTE = 60_000;
const STRIP = { x: 0, y: 770, width: 900, height: 30 };

/** Every form of the meter, two providers side by side, pins and the flip of used and left, by keyboard. */
export const scenario: Scenario = {
  name: 'meter-formats',
  themes: ['dark', 'light'],
  drives: ['planward.flipUsage', 'planward.pinWindows'],
  async play({ workbench, page, pointAt, workspace, step, shot, snapshot }) {
    const { relay } = await snapshot();
    const zai = { used: 0.62, weekUsed: 0.23, resetsAt: Date.now() + 88 * MINUTE };
    const claude = { used: 0.31, weekUsed: 0.12, resetsAt: Date.now() + 130 * MINUTE };
    const servers = [zai, claude].map((plan) =>
      createServer((request, response) => answerAsPlan(plan, request, response)),
    );
    const ports = await Promise.all(servers.map(async (server) => await listen(server)));
    const item = (id: string) => workbench.statusItem('planward.planward', id);
    const meter = item('planward.meter');
    const label = async (): Promise<string> =>
      (await meter.getByRole('button').first().getAttribute('aria-label')) ?? '';
    const settings = (values: object): void => {
      mkdirSync(join(workspace, '.vscode'), { recursive: true });
      writeFileSync(join(workspace, '.vscode', 'settings.json'), JSON.stringify(values));
    };
    try {
      await meter.getByText('Planward', { exact: true }).waitFor();
      await pointAt({ zai: `http://127.0.0.1:${ports[0]}`, anthropic: `http://127.0.0.1:${ports[1]}` });
      const ask = async (): Promise<void> => assert.equal(await askClaude(relay.port), 200);
      assert.equal(await sendAsAgent(relay.port, 'Begin.'), 200);
      await meter.getByText(/GLM 62%/).waitFor();

      const formats = {
        percent: /GLM 62%(?! ·.*h)/,
        allWindows: /GLM 5h 62% · wk 23%/,
        bars: /GLM 5h ●●●○○ · wk ●○○○○/,
        countdown: /GLM (resets|ends) in 1h 2\dm/,
        pace: /GLM (▲\d+|▼\d+|even)/,
        minimal: /^\s*62%/,
        percentAndReset: /GLM 62%.*· 1h 2\dm/,
      };
      for (const [format, text] of Object.entries(formats)) {
        await step(`the format ${format} shows at once what it says`, async () => {
          settings({ 'planward.meter.format': format });
          await meter.getByText(text).waitFor();
          assert.match(await label(), /62 percent of the 5-hour window used, resets in 1 hour 2\d minutes/);
          await shot(`meter-${format}`, { clip: STRIP });
        });
      }

      await step(
        'one command turns used into left in meter, hover, list and view, and Enter on a window turns it back',
        async () => {
          await workbench.run('Planward: Flip Used and Remaining');
          await meter.getByText(/GLM 38% left/).waitFor();
          assert.match(await label(), /38 percent of the 5-hour window left/);
          await workbench.openContainer('Planward');
          await workbench
            .treeRows('Plans')
            .filter({ hasText: /5 hours.*38% left/ })
            .waitFor();
          await meter.hover();
          const card = workbench.hover.filter({ hasText: 'GLM Coding Plan' });
          await card.getByRole('link', { name: '38% left' }).waitFor();
          await shot('hover-left', { clip: { x: 0, y: 380, width: 900, height: 420 } });
          await workbench.lookAway();
          await workbench.run('Planward: Show Plan Usage');
          await workbench.quickInput.getByRole('option', { name: /5 hours/ }).waitFor();
          await shot('plan-usage-list');
          await page.keyboard.type('5 hours');
          await page.keyboard.press('Enter');
          await workbench.quickInput
            .getByRole('option', { name: /5 hours.*62%/ })
            .first()
            .waitFor();
          await page.keyboard.press('Escape');
          await meter.getByText(/GLM 62%/).waitFor();
        },
      );

      await step('a click on the figure in the hover turns it as well', async () => {
        await meter.hover();
        await workbench.hover.getByRole('link', { name: '62%' }).click();
        await meter.getByText(/GLM 38% left/).waitFor();
        await workbench.lookAway();
        await workbench.run('Planward: Flip Used and Remaining');
        await meter.getByText(/GLM 62%/).waitFor();
      });

      await step('a window is pinned beside the tightest one', async () => {
        await workbench.run('Planward: Pin Windows in the Meter…');
        await workbench.quickInput
          .getByRole('checkbox', { name: /Week/ })
          .or(workbench.quickInput.getByRole('option', { name: /Week/ }))
          .first()
          .waitFor();
        await page.keyboard.type('Week');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Space');
        await shot('pin-windows');
        await page.keyboard.press('Enter');
        await meter.getByText(/GLM 62%.*· wk 23%/).waitFor();
        assert.match(await label(), /23 percent of the weekly window used/);
      });

      await step('each provider has an entry of its own where the user wants that', async () => {
        settings({ 'planward.meter.items': 'perProvider', 'planward.meter.format': 'percent' });
        await item('planward.meter.zai').waitFor();
        await page.waitForTimeout(1000);
        await ask();
        await item('planward.meter.zai')
          .getByText(/GLM 62%/)
          .waitFor();
        await item('planward.meter.anthropic').getByText(/31%/).waitFor();
        assert.equal(await meter.count(), 0);
        await shot('meter-per-provider', { clip: STRIP });
        await item('planward.meter.anthropic').hover();
        const card = workbench.hover.filter({ hasText: 'Claude' }).first();
        await card.waitFor();
        assert.doesNotMatch(await card.innerText(), /GLM Coding Plan/);
        await workbench.lookAway();
      });

      await step('low warns with an icon, spent shows the countdown and only then the error colour', async () => {
        const shown = item('planward.meter.anthropic');
        const background = async (): Promise<string> => (await shown.getAttribute('class')) ?? '';
        claude.used = 0.93;
        await ask();
        await shown.getByText(/93%/).waitFor();
        await until(async () => (await background()).includes('warning-kind'), 5000);
        assert.equal((await background()).includes('error-kind'), false);
        await shot('meter-low', { clip: STRIP });
        claude.used = 1;
        await ask();
        await shown.getByText(/resets (\w{3} )?\d\d:\d\d/).waitFor();
        await until(async () => (await background()).includes('error-kind'), 5000);
        await shot('meter-spent', { clip: STRIP });
      });
    } finally {
      await page.mouse.move(900, 560);
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    }
  },
};
