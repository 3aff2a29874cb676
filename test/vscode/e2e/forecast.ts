import { strict as assert } from 'node:assert';
import { createServer } from 'node:http';
import { clineLike } from '../../support/simulated-dialects.ts';
import { creditsOf } from '../../support/mock-quota.ts';
import { listen } from '../../support/loopback.ts';
import type { Scenario } from '../scene.ts';
import { THEMES } from '../settings.ts';
import { sendAsAgent } from '../send-as-agent.ts';

const MINUTE = 60_000;
/** What either agent is answered: together they used what the provider says, but for a little. */
const ANSWER = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'glm-4.7',
  content: [{ type: 'text', text: 'Done.' }],
  stop_reason: 'end_turn',
};
const CHAT_ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'glm-4.7',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Done.' }, finish_reason: 'stop' }],
};
const USED = 10_560;

/** Input tokens that cost so many credits now. */
function tokensOf(credits: number): number {
  const each = { inputTokens: 1_000_000, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
  return Math.round((credits / creditsOf('glm-4.7', each, Date.now())) * 1_000_000);
}

/** A window that is used faster than it passes: the meter marks the pace and warns, the hover says it in words. */
export const scenario: Scenario = {
  name: 'forecast',
  themes: THEMES,
  async play({ workbench, page, pointAt, step, shot, snapshot }) {
    const { relay } = await snapshot();
    const resetsAt = Date.now() + 88 * MINUTE;
    const server = createServer((request, response) => {
      request.resume();
      response.setHeader('content-type', 'application/json');
      const quota = request.url?.includes('/monitor/usage/quota/limit') === true;
      if (quota) response.end(JSON.stringify(writeQuota(resetsAt)));
      else if (request.url?.includes('/messages') === true)
        response.end(JSON.stringify({ ...ANSWER, usage: { input_tokens: tokensOf(USED * 0.72), output_tokens: 0 } }));
      else
        response.end(
          JSON.stringify({ ...CHAT_ANSWER, usage: { prompt_tokens: tokensOf(USED * 0.27), completion_tokens: 0 } }),
        );
    });
    const port = await listen(server);
    const meter = workbench.statusItem('planward.planward', 'planward.meter');
    try {
      await meter.getByText('Planward', { exact: true }).waitFor();
      await pointAt({ zai: `http://127.0.0.1:${port}` });
      assert.equal(await sendAsAgent(relay.port, 'Begin.'), 200);
      assert.equal(await sendAsAgent(relay.port, 'Begin.', '/zai', clineLike('glm-4.7')), 200);

      await step('the meter marks the pace and takes the warning colour', async () => {
        await meter.getByText(/GLM 88% ▲1\d · 1h 2\dm/).waitFor();
        const label = await meter.getByRole('button').first().getAttribute('aria-label');
        assert.match(label ?? '', /88 percent of the 5-hour window used.*1\d points ahead of even use/);
        await shot('meter-pace', { clip: { x: 0, y: 760, width: 640, height: 40 } });
      });

      await step('the hover and the plan say it in words', async () => {
        await meter.hover();
        const hover = workbench.hover.filter({ hasText: 'GLM Coding Plan' });
        await hover.filter({ hasText: /Folders: project [<\d]/ }).waitFor();
        await hover.filter({ hasText: /Claude Code 7\d% · Cline 2\d%/ }).waitFor();
        await shot('hover', { clip: { x: 0, y: 440, width: 800, height: 360 }, publish: true });
        await workbench.lookAway();
        await workbench.openContainer('Planward');
        const row = workbench.treeRows('Plans').filter({ hasText: /5 hours.*▲1\d/ });
        await row.hover();
        const tooltip = workbench.hover.filter({ hasText: 'points ahead of even use' });
        await tooltip.filter({ hasText: /Sessions: Claude Code since .*\d\d:\d\d [<\d]/ }).waitFor();
        await shot('plan-tooltip', { clip: { x: 0, y: 0, width: 800, height: 420 } });
        await workbench.lookAway();
      });
    } finally {
      await page.mouse.move(900, 560);
      server.closeAllConnections();
      server.close();
    }
  },
};

function writeQuota(resetsAt: number): object {
  const window = { usage: 12_000, currentValue: 10_560, remaining: 1440, percentage: 88, nextResetTime: resetsAt };
  return {
    code: 200,
    msg: 'Operation successful',
    data: { limits: [{ type: 'CREDIT_LIMIT', unit: 3, number: 5, ...window }, writeWeek()], level: 'pro' },
    success: true,
  };
}

function writeWeek(): object {
  const nextResetTime = Date.now() + 4 * 24 * 60 * MINUTE;
  const used = { usage: 60_000, currentValue: 14_200, remaining: 45_800, percentage: 23.7, nextResetTime };
  return { type: 'CREDIT_LIMIT', unit: 6, number: 1, ...used };
}
