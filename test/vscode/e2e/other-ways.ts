import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../scene.ts';
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

/** The ways beside the relay are given to an agent and taken away by the keyboard, and the Agents view tells them. */
export const scenario: Scenario = {
  name: 'other-ways',
  themes: ['dark', 'light'],
  async play({ workbench, page, home, userHome, step, shot, snapshot }) {
    const file = join(userHome, '.claude', 'settings.json');
    const project = join(userHome, '.claude', 'projects', '-p');
    mkdirSync(project, { recursive: true });
    writeFileSync(file, SETTINGS);
    writeFileSync(join(project, 's.jsonl'), turnLine(Date.now() - 60_000));
    const agents = workbench.treeRows('Agents');
    const picks = workbench.quickInput.getByRole('option');
    const written = (words: string) => until(() => Promise.resolve(readFileSync(file, 'utf8').includes(words)), 10_000);
    const { relay } = await snapshot();

    /** Opens the list of agents and takes the row that is left once the words are typed. */
    const choose = async (words: string): Promise<void> => {
      await workbench.palette('Planward: Connect an Agent');
      await picks.filter({ hasText: 'Connect an Agent' }).first().waitFor();
      await page.keyboard.press('Enter');
      await picks
        .filter({ hasText: 'Found on this machine' })
        .or(picks.filter({ hasText: 'Z.AI' }))
        .first()
        .waitFor();
      await page.keyboard.type(words);
      await picks.filter({ hasText: words }).first().waitFor();
    };

    await step('the list offers the ways beside the relay', async () => {
      await workbench.openContainer('Planward');
      await agents.filter({ hasText: /Claude Code.*direct/ }).waitFor();
      await choose('Claude Code');
      await picks.filter({ hasText: 'Status line for Claude Code' }).waitFor();
      await shot('other-ways-list', { clip: { x: 240, y: 0, width: 800, height: 420 } });
      await page.keyboard.press('Escape');
    });

    await step('a prompt hook is a diff without the key, and is written on Enter', async () => {
      await choose('Prompt hook for Claude Code');
      await page.keyboard.press('Enter');
      await picks.filter({ hasText: 'Write it' }).waitFor();
      assert.equal(await page.getByText('sk-not-to-be-seen').count(), 0);
      assert.equal(readFileSync(file, 'utf8'), SETTINGS);
      await page.keyboard.press('Enter');
      await written('planward-hook');
      await workbench.toasts.filter({ hasText: 'asks Planward before it takes a prompt up' }).waitFor();
    });

    await step('so is a status line', async () => {
      const before = readFileSync(file, 'utf8');
      await choose('Status line for Claude Code');
      await page.keyboard.press('Enter');
      await picks.filter({ hasText: 'Write it' }).waitFor();
      await shot('other-ways-diff');
      assert.equal(readFileSync(file, 'utf8'), before);
      await page.keyboard.press('Enter');
      await written('planward-statusline');
      await workbench.toasts.filter({ hasText: 'shows its plan in its status line' }).waitFor();
    });

    await step('its own files are read once the user saw which', async () => {
      await choose('Agents’ own files');
      await page.keyboard.press('Enter');
      await picks.filter({ hasText: '.claude/projects' }).waitFor();
      await shot('other-ways-files', { clip: { x: 240, y: 0, width: 800, height: 420 } });
      assert.equal((await snapshot()).turnFiles?.state, 'off');
      await page.keyboard.press('Enter');
      await until(async () => (await snapshot()).turnFiles?.turns === 1, 20_000);
    });

    await step('the Agents view tells by which ways the agent is seen', async () => {
      run(join(home, 'hooks', 'planward-hook'), ['claude-code', '--provider', 'zai'], {
        hook_event_name: 'UserPromptSubmit',
        session_id: 's',
        prompt: 'Add a test.',
      });
      run(join(home, 'hooks', 'planward-statusline'), ['claude-code'], { session_id: 's', model: { id: 'glm-4.7' } });
      assert.equal(await sendAsAgent(relay.port, 'Add a test.', '/@claude-code/zai'), 200);
      run(join(home, 'hooks', 'planward-statusline'), ['claude-code'], { session_id: 's', model: { id: 'glm-4.7' } });
      await workbench.run('Notifications: Clear All Notifications');
      const row = agents.filter({ hasText: /Claude Code.*→ Z\.AI/ });
      await row.waitFor();
      const ways = workbench.hover.filter({
        hasText: /Seen by the relay .*its own hook .*its status line .*its own files/,
      });
      // The row is drawn anew while figures come in, and takes its card away with it.
      await until(async () => {
        await page.mouse.move(900, 560);
        await row.hover();
        return await ways.waitFor({ timeout: 3000 }).then(
          () => true,
          () => false,
        );
      }, 25_000);
      await shot('other-ways-agents');
      await workbench.lookAway();
    });

    await step('reading its files is switched off where it was switched on', async () => {
      await choose('Agents’ own files');
      await page.keyboard.press('Enter');
      await picks.filter({ hasText: 'Stop reading them' }).waitFor();
      await page.keyboard.press('Enter');
      await until(async () => (await snapshot()).turnFiles?.state === 'off', 10_000);
    });

    await step('disconnecting takes hook and status line out, byte for byte', async () => {
      await workbench.run('Planward: Disconnect an Agent');
      await picks.filter({ hasText: 'Claude Code' }).waitFor();
      await page.keyboard.press('Enter');
      await until(() => Promise.resolve(readFileSync(file, 'utf8') === SETTINGS), 10_000);
      await workbench.toasts.filter({ hasText: 'is as it was' }).first().waitFor();
      assert.equal(readFileSync(file, 'utf8'), SETTINGS);
    });
  },
};

/** What the agent itself would run; it ends with 0 whatever happens. */
function run(program: string, args: readonly string[], input: unknown): void {
  const done = spawnSync(program, args, { input: JSON.stringify(input), timeout: 10_000, encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
}

/** An answer as the agent writes it down. */
function turnLine(at: number): string {
  const usage = { input_tokens: 1200, cache_read_input_tokens: 30_000, output_tokens: 400 };
  const message = { id: 'msg_1', role: 'assistant', model: 'glm-4.7', usage };
  const timestamp = new Date(at).toISOString();
  return `${JSON.stringify({ type: 'assistant', requestId: 'req_1', sessionId: 's', timestamp, message })}\n`;
}
