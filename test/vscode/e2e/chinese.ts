import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/places.ts';
import { englishLeft } from '../english-left.ts';
import { readWords } from '../manifest-words.ts';
import type { Scenario } from '../scene.ts';
import { sendAsAgent } from '../send-as-agent.ts';
import { THEMES } from '../settings.ts';
import { until } from '../until.ts';

const TRIP =
  'Plan a four day trip to Lisbon for my family with flights, a hotel near the beach and a list of good restaurants.';

/** VS Code's own words around ours, which the small language pack of the tests leaves English, and what the mock says where it refuses. */
const VSCODE =
  /^(Source: |Expires in |Press |Use |Show |Mark |Skip |More |Notification|No matching|Type |Go Back|Current|Default|\(Modified|Learn |Run |Next |Toggle |Manage |info,|Info: |Warning: |Rate limit reached for requests$)/;

/** Everything a user reads first, in a VS Code whose display language is Chinese: no English sentence of ours is left. */
export const scenario: Scenario = {
  name: 'chinese',
  themes: THEMES,
  locale: 'zh-cn',
  async play({ workbench, page, userHome, step, shot, snapshot, startTraffic }) {
    mkdirSync(join(userHome, '.claude'));
    writeFileSync(
      join(userHome, '.claude', 'settings.json'),
      '{ "env": { "ANTHROPIC_BASE_URL": "https://api.z.ai/api/anthropic" } }\n',
    );
    const words = JSON.parse(readFileSync(join(ROOT, 'l10n', 'bundle.l10n.zh-cn.json'), 'utf8')) as Record<
      string,
      string
    >;
    const t = (text: string): string => words[text] ?? assert.fail(`the bundle has no "${text}"`);
    const { nameOf } = readWords('zh-cn');
    const sidebar = page.locator('.part.sidebar');
    const meter = workbench.statusItem('planward.planward', 'planward.meter');
    const { relay } = await snapshot();
    const chinese = (shown: string, foreign = VSCODE): void => {
      assert.match(shown, /\p{Script=Han}/u);
      assert.deepEqual(englishLeft(shown, foreign), []);
    };
    /** What a tree says aloud, row by row. */
    const rowsOf = async (view: string): Promise<string> => {
      const rows = await workbench.treeRows(view).all();
      return (await Promise.all(rows.map((row) => row.getAttribute('aria-label')))).join('\n');
    };

    await step('VS Code runs in Chinese, and the empty views say the next step in it', async () => {
      await meter.waitFor();
      await page.locator('.part.activitybar').getByRole('tab', { name: '资源管理器' }).waitFor();
      await workbench.openContainer('Planward');
      await sidebar.getByText('尚').or(sidebar.getByText('没有')).first().waitFor();
      chinese(await sidebar.innerText());
      await shot('chinese-empty');
    });

    await step('the meter, its sentence and its hover are Chinese', async () => {
      await startTraffic();
      await meter.getByText(/\d+\s*%/).waitFor();
      chinese((await meter.getByRole('button').first().getAttribute('aria-label')) ?? '');
      await meter.hover();
      await workbench.hover.filter({ hasText: 'GLM Coding Plan' }).waitFor();
      chinese(await workbench.hover.first().innerText());
      await shot('chinese-hover');
      await workbench.lookAway();
    });

    await step('plans, agents and activity are', async () => {
      await workbench.treeRows(nameOf('planward.plans')).first().waitFor();
      for (const id of ['plans', 'agents', 'activity'] as const) chinese(await rowsOf(nameOf(`planward.${id}`)));
      chinese(await sidebar.innerText());
    });

    await step('a flag is told, listed and explained', async () => {
      await sendAsAgent(relay.port, TRIP);
      await until(async () => (await snapshot()).flags.length > 0, 10_000);
      await workbench.toasts.first().waitFor();
      chinese(await workbench.toasts.first().innerText());
      await workbench.treeRows(nameOf('planward.violations')).nth(1).waitFor();
      chinese(await rowsOf(nameOf('planward.violations')));
      await shot('chinese-violations');
      await workbench.run('Notifications: Clear All Notifications');
    });

    await step('the list of sessions and a transcript are', async () => {
      await workbench.command('planward.openTranscript');
      await workbench.quickInput.getByRole('option').first().waitFor();
      chinese(await workbench.quickInput.innerText());
      await page.keyboard.press('Enter');
      const lines = page.locator('.monaco-editor .view-lines').first();
      await lines.getByText(t('user turn')).first().waitFor();
      chinese(await lines.innerText());
      await shot('chinese-transcript');
      await workbench.run('View: Close All Editors');
    });

    await step('what can be done about a flag is', async () => {
      await workbench.command('planward.actOnFlag');
      await workbench.quickInput
        .getByRole('option', { name: t('travel planning') })
        .first()
        .waitFor();
      chinese(await workbench.quickInput.innerText());
      await page.keyboard.press('Enter');
      await workbench.quickInput
        .getByRole('option', { name: t('Mark as Coding') })
        .first()
        .waitFor();
      chinese(await workbench.quickInput.innerText());
      await shot('chinese-act');
      await page.keyboard.press('Escape');
    });

    await step('a rule’s page is, the vendor’s own words and prompts excepted', async () => {
      await workbench.command('planward.explainRule');
      await workbench.quickInput.getByRole('option').first().waitFor();
      await page.keyboard.type('GLM');
      await page.keyboard.press('Enter');
      await workbench.webview().getByText('会标记：', { exact: true }).waitFor();
      await page.waitForTimeout(500);
      const quote = await workbench.webview().locator('blockquote').innerText();
      const all = await workbench.webview().locator('body').innerText();
      assert.ok(all.includes(quote));
      chinese(all.replace(quote, ''), /“[A-Za-z]/);
      await shot('chinese-rule');
      await workbench.run('View: Close All Editors');
    });

    await step('an error code is', async () => {
      await workbench.command('planward.explainCode');
      await workbench.quickInput.locator('input').first().fill('1302');
      await workbench.quickInput.getByRole('option', { name: /1302/ }).first().waitFor();
      chinese(await workbench.quickInput.innerText());
      await page.keyboard.press('Enter');
      await workbench.webview().getByText('1302').first().waitFor();
      await page.waitForTimeout(500);
      chinese(await workbench.webview().locator('body').innerText(), /^https?:|"/);
      await shot('chinese-explanation');
      await page.keyboard.press('Control+F4');
    });

    await step('the list of agents and what connecting costs are', async () => {
      await workbench.command('planward.connectAgent');
      await workbench.quickInput
        .getByRole('option', { name: /Claude Code/ })
        .first()
        .waitFor();
      chinese(await workbench.quickInput.innerText());
      await shot('chinese-connect');
      await page.keyboard.press('Enter');
      await page.waitForTimeout(1000);
      chinese(await workbench.quickInput.innerText());
      await shot('chinese-costs');
      await page.keyboard.press('Escape');
    });

    await step('plan usage and modes in the palette are', async () => {
      await workbench.command('planward.showPlanUsage');
      await workbench.quickInput.getByText('GLM Coding Plan').first().waitFor();
      chinese(await workbench.quickInput.innerText());
      await page.keyboard.press('Escape');
      await workbench.command('planward.setMode');
      // The palette's own entries stand there until its list comes.
      await workbench.quickInput.getByPlaceholder(t('Provider or plan whose terms are watched')).waitFor();
      await page.keyboard.press('Enter');
      await workbench.quickInput.getByPlaceholder(t('What happens to a turn outside the terms')).waitFor();
      chinese(await workbench.quickInput.innerText());
      await page.keyboard.press('Escape');
    });

    await step('the dashboard is', async () => {
      await workbench.command('planward.openDashboard');
      await workbench
        .webview()
        .getByRole('heading', { name: t('Burn') })
        .waitFor();
      chinese(await workbench.webview().locator('body').innerText());
      await shot('chinese-dashboard');
      await page.keyboard.press('Control+F4');
    });

    await step('the walkthrough is', async () => {
      await workbench.command('planward.openWalkthrough');
      const details = page.locator('.gettingStartedContainer .gettingStartedSlideDetails');
      await details.getByRole('heading').first().waitFor();
      await page.waitForTimeout(1000);
      chinese(await details.innerText());
      await shot('chinese-walkthrough');
      await page.keyboard.press('Control+F4');
    });

    await step('our settings are', async () => {
      await workbench.command('planward.openSettings');
      const editor = page.locator('.settings-editor');
      await editor.getByText(/\d+ Settings Found/).waitFor();
      const said = editor.locator('.setting-item-description, .setting-item-markdown');
      await said.first().waitFor();
      for (const text of await said.allInnerTexts()) chinese(text);
      await shot('chinese-settings');
    });
  },
};
