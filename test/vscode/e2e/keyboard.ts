import { strict as assert } from 'node:assert';
import { createServer, type Server } from 'node:http';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../scene.ts';
import { sendAsAgent } from '../send-as-agent.ts';
import { THEMES } from '../settings.ts';
import { until } from '../until.ts';

const TRIP =
  'Plan a four day trip to Lisbon for my family with flights, a hotel near the beach and a list of good restaurants.';
const SETTINGS = '{ "env": { "ANTHROPIC_BASE_URL": "https://api.z.ai/api/anthropic" } }\n';

/** Each view and what no other scenario drives: focused, walked, run and copied without a mouse. */
export const scenario: Scenario = {
  name: 'keyboard',
  themes: THEMES,
  drives: [
    'planward.plans',
    'planward.agents',
    'planward.violations',
    'planward.incidents',
    'planward.activity',
    'planward.explainRule',
    'planward.copyFlag',
    'planward.copyDiagnostics',
    'planward.openSettings',
    'planward.showLog',
    'planward.connectAgent',
    'planward.restoreDirect',
    'planward.buildDossier',
    'planward.restartRelay',
    'planward.startRelay',
  ],
  async play({ workbench, page, userHome, workspace, step, shot, snapshot, startTraffic }) {
    const file = join(userHome, '.claude', 'settings.json');
    mkdirSync(join(userHome, '.claude'));
    writeFileSync(file, SETTINGS);
    const { relay } = await snapshot();
    const statusbar = page.locator('.part.statusbar');
    const input = workbench.quickInput.locator('input').first();
    const pick = (name: string | RegExp) => workbench.quickInput.getByRole('option', { name }).first();
    const clipboard = async (): Promise<string> => String(await page.evaluate('navigator.clipboard.readText()'));
    await startTraffic();
    await sendAsAgent(relay.port, TRIP);
    await until(async () => (await snapshot()).flags.length > 0, 10_000);

    await step('each view is focused from the palette and walked by arrow keys', async () => {
      for (const id of ['plans', 'agents', 'violations', 'incidents', 'activity'] as const) {
        const pane = page.locator('.part.sidebar .pane:focus-within');
        const row = pane.locator('.monaco-list-row.focused');
        const walked = async (): Promise<boolean> => {
          await workbench.focusView(`planward.${id}`);
          if (id === 'incidents') return true; // It has no row before something was refused.
          await page.keyboard.press('Home');
          return await row
            .first()
            .waitFor({ timeout: 3000 })
            .then(
              () => true,
              () => false,
            );
        };
        // VS Code takes the keyboard from a view whose rows come only now.
        await until(walked, 60_000);
        if (id === 'incidents') continue;
        assert.notEqual((await row.first().getAttribute('aria-label')) ?? '', '', `${id}: a row without a sentence`);
      }
      await shot('keyboard-views');
    });

    await step('a rule is chosen from the list and opened', async () => {
      await workbench.command('planward.explainRule');
      await pick(/Task scope/).waitFor();
      await page.keyboard.type('Task scope');
      await shot('keyboard-rules');
      await page.keyboard.press('Enter');
      await workbench.webview().getByText('How Planward sees it').waitFor();
      await page.keyboard.press('Control+F4');
    });

    await step('a flag is copied with its rule, and without the prompt', async () => {
      await workbench.command('planward.copyFlag');
      await pick('travel planning').waitFor();
      await page.keyboard.press('Enter');
      await statusbar.getByText('The flag is copied.').waitFor();
      const text = await clipboard();
      assert.match(text, /travel planning/);
      assert.match(text, /task-scope/);
      assert.ok(!text.includes('for my family'), text);
    });

    await step('diagnostics are copied, and name neither key nor prompt', async () => {
      await workbench.command('planward.copyDiagnostics');
      await statusbar.getByText('Diagnostics copied').waitFor();
      const text = await clipboard();
      assert.match(text, /Planward/);
      assert.ok(!text.includes('sk-sim') && !text.includes('Lisbon'), text);
    });

    await step('the log opens in Output', async () => {
      await workbench.command('planward.showLog');
      await page.locator('.part.panel .output-view, .part.panel .monaco-editor').first().waitFor();
      await shot('keyboard-log');
    });

    await step('settings open on ours alone', async () => {
      await workbench.command('planward.openSettings');
      await page
        .locator('.settings-editor')
        .getByText(/\d+ Settings Found/)
        .waitFor();
      await shot('keyboard-settings');
      // They stand in front of the window; the first Escape empties the search.
      await until(async () => {
        await page.keyboard.press('Escape');
        await page.waitForTimeout(300);
        return (await page.locator('.settings-editor').count()) === 0;
      }, 10_000);
    });

    await step('a connected agent is put back by Restore Direct Connections', async () => {
      await workbench.command('planward.connectAgent');
      await pick(/Claude Code/).waitFor();
      await page.keyboard.press('Enter');
      await workbench.quickInput.getByText('hides its own plan meter').waitFor();
      await page.keyboard.press('Enter');
      await pick('Write it').waitFor();
      await page.keyboard.press('Enter');
      await until(() => Promise.resolve(readFileSync(file, 'utf8') !== SETTINGS), 10_000);
      await workbench.toasts.first().waitFor();
      await workbench.command('planward.restoreDirect');
      await until(() => Promise.resolve(readFileSync(file, 'utf8') === SETTINGS), 10_000);
      await workbench.toasts.filter({ hasText: 'Back on a direct connection' }).waitFor();
      await workbench.run('Notifications: Clear All Notifications');
    });

    await step('a dossier is built and saved', async () => {
      await workbench.command('planward.buildDossier');
      // The simulated agents and ours send one key, so none has to be chosen.
      await until(
        async () => /planward-appeal-zai-.*\.md$/.test(await input.inputValue({ timeout: 500 }).catch(() => '')),
        15_000,
      );
      await page.keyboard.press('Enter');
      await until(
        () => Promise.resolve(readdirSync(workspace).some((name) => name.startsWith('planward-appeal-zai'))),
        15_000,
      );
    });

    await step('the relay is restarted on its port', async () => {
      const before = (await snapshot()).relay;
      await workbench.command('planward.restartRelay');
      await until(async () => {
        const now = await snapshot().catch(() => undefined);
        return now !== undefined && now.relay.pid !== before.pid && now.relay.port === before.port;
      }, 30_000);
    });

    await step('a relay whose port was taken is started again when it is free', async () => {
      const { pid, port } = (await snapshot()).relay;
      const stranger = await takePort(port, pid);
      await workbench.focusView('planward.plans');
      await page.locator('.part.sidebar').getByText('The relay is off').first().waitFor();
      await shot('keyboard-relay-off');
      // The window looks for a free port by itself now and then, and the command is there only while no relay is.
      await workbench.commandAfter('planward.startRelay', () => new Promise((done) => stranger.close(() => done())));
      await until(async () => {
        const now = await snapshot().catch(() => undefined);
        return now !== undefined && now.relay.pid !== pid && now.relay.port === port;
      }, 30_000);
      await page.locator('.part.sidebar').getByText('The relay is off').first().waitFor({ state: 'detached' });
    });
  },
};

/** Ends a relay and listens where it did, before a window starts another. */
async function takePort(port: number, pid: number): Promise<Server> {
  const server = createServer((_, response) => response.end('not a relay'));
  process.kill(pid, 'SIGKILL');
  await until(
    () =>
      new Promise((done) => {
        server.once('error', () => done(false));
        server.listen(port, '127.0.0.1', () => done(true));
      }),
    5000,
  );
  return server;
}
