import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../scene.ts';
import { sendAsAgent } from '../send-as-agent.ts';

/** What a person does from nothing to a connected agent; installing is the first thing. */
const MOST_ACTIONS = 5;

/** Somebody who never saw Planward and has an agent on this machine: counts what they have to do. */
export const scenario: Scenario = {
  name: 'onboarding',
  themes: ['dark'],
  drives: ['planward.connectAgent'],
  async play({ workbench, page, userHome, step, snapshot }) {
    const folder = join(userHome, '.claude');
    const file = join(folder, 'settings.json');
    mkdirSync(folder);
    writeFileSync(file, '{ "env": { "ANTHROPIC_BASE_URL": "https://api.z.ai/api/anthropic" } }\n');
    const picks = workbench.quickInput.getByRole('option');
    const done = ['install the extension'];
    const act = async (what: string, how: () => Promise<unknown>): Promise<void> => {
      done.push(what);
      await how();
    };

    await step('from the button to a written change, with Enter alone', async () => {
      await workbench.statusItem('planward.planward', 'planward.meter').waitFor();
      await act('choose Connect an Agent…', () => workbench.command('planward.connectAgent'));
      await picks.filter({ hasText: 'Claude Code' }).first().waitFor();
      await act('choose the agent that was found', () => page.keyboard.press('Enter'));
      await picks.filter({ hasText: 'hides its own plan meter' }).waitFor();
      await act('go on after what it costs', () => page.keyboard.press('Enter'));
      await picks.filter({ hasText: 'Write it' }).waitFor();
      await act('write the change', () => page.keyboard.press('Enter'));
      await workbench.toasts.filter({ hasText: 'waiting for its first request' }).waitFor();
      const { relay } = await snapshot();
      assert.ok(readFileSync(file, 'utf8').includes(`http://127.0.0.1:${relay.port}/@claude-code/zai/api/anthropic`));
      assert.equal(await sendAsAgent(relay.port, 'Add a test.', '/@claude-code/zai'), 200);
      await workbench.toasts.filter({ hasText: 'It works: Claude Code reached Z.AI' }).waitFor();
    });

    await step(`that took at most ${MOST_ACTIONS} actions, and no key was asked for`, () => {
      assert.ok(done.length <= MOST_ACTIONS, done.join('; '));
      return Promise.resolve();
    });
  },
};
