import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../scene.ts';
import { THEMES } from '../settings.ts';
import { sendAsAgent } from '../send-as-agent.ts';
import { until } from '../until.ts';

const SETTINGS = [
  '{',
  '  // Written by hand; the spacing is meant.',
  '  "model":   "glm-4.7",',
  '  "env": {',
  '    "ANTHROPIC_AUTH_TOKEN": "sk-not-to-be-seen-0123456789",',
  '    "ANTHROPIC_BASE_URL": "https://api.z.ai/api/anthropic"',
  '  },',
  '}',
  '',
].join('\r\n');

/** An agent is connected and disconnected by the keyboard alone, and its file is what it was afterwards. */
export const scenario: Scenario = {
  name: 'connect',
  themes: THEMES,
  drives: [
    'planward.connectAgent',
    'planward.showJournal',
    'planward.pauseAgent',
    'planward.resumeAgent',
    'planward.disconnectAgent',
  ],
  async play({ workbench, page, home, userHome, step, shot, snapshot }) {
    const folder = join(userHome, '.claude');
    const file = join(folder, 'settings.json');
    mkdirSync(folder);
    writeFileSync(file, SETTINGS);
    const agents = workbench.treeRows('Agents');
    const picks = workbench.quickInput.getByRole('option');
    const { relay } = await snapshot();

    await step('the Agents view lists what was found here, as direct', async () => {
      await workbench.openContainer('Planward');
      await agents.filter({ hasText: /Claude Code.*direct/ }).waitFor();
      await shot('agents-direct');
    });

    await step('the list of agents shows what was found first, with its file', async () => {
      await workbench.command('planward.connectAgent');
      await picks.filter({ hasText: 'Claude Code' }).first().waitFor();
      await picks.filter({ hasText: 'direct, → Z.AI' }).waitFor();
      await shot('connect-agents', { clip: { x: 240, y: 0, width: 800, height: 420 } });
    });

    await step('what it costs is said before anything is shown or written', async () => {
      await page.keyboard.press('Enter');
      await picks.filter({ hasText: 'hides its own plan meter' }).waitFor();
      await shot('connect-costs', { clip: { x: 240, y: 0, width: 800, height: 420 } });
      assert.equal(readFileSync(file, 'utf8'), SETTINGS);
    });

    await step('the change is a diff, without the key', async () => {
      await page.keyboard.press('Enter');
      await picks.filter({ hasText: 'Write it' }).waitFor();
      await page.getByText('/@claude-code/zai/api/anthropic').first().waitFor();
      assert.equal(await page.getByText('sk-not-to-be-seen').count(), 0);
      await shot('connect-diff', { publish: true });
      assert.equal(readFileSync(file, 'utf8'), SETTINGS);
    });

    await step('Enter writes it, and the view waits for the first request', async () => {
      await page.keyboard.press('Enter');
      const address = `http://127.0.0.1:${relay.port}/@claude-code/zai/api/anthropic`;
      await until(() => Promise.resolve(readFileSync(file, 'utf8').includes(address)), 10_000);
      await agents.filter({ hasText: /Claude Code.*waiting/ }).waitFor();
      await workbench.toasts.filter({ hasText: 'waiting for its first request' }).waitFor();
      await shot('connect-waiting');
    });

    await step('the first request is told', async () => {
      assert.equal(await sendAsAgent(relay.port, 'Add a test.', '/@claude-code/zai'), 200);
      await workbench.toasts.filter({ hasText: 'It works: Claude Code reached Z.AI' }).waitFor();
      await agents.filter({ hasText: /Claude Code.*observing/ }).waitFor();
      await shot('connect-works');
      await workbench.run('Notifications: Clear All Notifications');
    });

    await step('the journal tells the change and holds no key', async () => {
      await workbench.run('Planward: Show Connection Journal');
      await workbench.webview().getByText('Connection journal').first().waitFor();
      await workbench.webview().getByText('https://api.z.ai/api/anthropic').first().waitFor();
      assert.ok(!readFileSync(join(home, 'journal.jsonl'), 'utf8').includes('sk-not-to-be-seen'));
      await shot('journal');
      await page.keyboard.press('Control+F4');
    });

    await step('a paused agent is held, and goes on when it is resumed', async () => {
      await workbench.run('Planward: Pause an Agent');
      await picks.filter({ hasText: 'Claude Code' }).waitFor();
      await page.keyboard.press('Enter');
      await agents.filter({ hasText: /Claude Code.*paused/ }).waitFor();
      const held = sendAsAgent(relay.port, 'Go on.', '/@claude-code/zai');
      await agents.filter({ hasText: /paused, 1 held/ }).waitFor();
      await shot('agent-paused');
      await workbench.run('Planward: Resume an Agent');
      assert.equal(await held, 200);
      await agents.filter({ hasText: /Claude Code.*observing/ }).waitFor();
    });

    await step('disconnecting puts the file back byte for byte', async () => {
      await workbench.run('Planward: Disconnect an Agent');
      await picks.filter({ hasText: 'Claude Code' }).waitFor();
      await page.keyboard.press('Enter');
      await workbench.toasts.filter({ hasText: 'is as it was' }).waitFor();
      assert.equal(readFileSync(file, 'utf8'), SETTINGS);
    });
  },
};
