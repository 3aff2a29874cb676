import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openJudge } from '../../../src/scope/open-judge.ts';
import { judgeAlone } from '../../../src/hook/judge-alone.ts';
import { homePaths } from '../../../src/protocol/home.ts';
import { STATUSLINE_PATH } from '../../../src/protocol/statusline-call.ts';
import { useProgram } from '../program.ts';

const stage = useProgram();
const TRIP =
  'Plan a five day trip to Lisbon for my parents, with hotels near the beach and a restaurant for each evening.';
const ASK = { agentId: 'claude-code', providerId: 'zai', kind: 'user-turn', tools: [], text: TRIP } as const;

test('what a hook flagged while no relay ran stands in the next one, once, and after a restart too', async () => {
  mkdirSync(stage.home, { recursive: true, mode: 0o700 });
  const at = Date.now() - 60_000;
  const { hookFlags } = homePaths(stage.home);
  expect(judgeAlone(stage.home, ASK, at, { openJudge, ownPacks: () => [] })).toEqual({ act: 'pass' });
  expect(existsSync(hookFlags)).toBe(true);
  for (let start = 0; start < 2; start++) {
    const relay = await stage.start();
    const { flags } = await relay.until((snapshot) => snapshot.flags.length > 0);
    expect(flags).toMatchObject([{ agentId: 'claude-code', ruleId: 'task-scope', at, acted: 'passed' }]);
    expect(existsSync(hookFlags)).toBe(false);
    await relay.stop();
  }
});

test('a damaged file of flags is thrown away, and the ways an agent was seen survive a restart', async () => {
  const relay = await stage.start();
  const limits = [{ policy: 'five_hour', usedFraction: 0.62, windowMs: 18_000_000 }];
  const body = { agentId: 'claude-code', providerId: 'anthropic', sessionId: 's', limits };
  expect((await relay.control(STATUSLINE_PATH, { method: 'POST', body })).status).toBe(200);
  const waysOf = async (of: typeof relay) => (await of.snapshot()).agents.map(({ agentId, ways }) => [agentId, ways]);
  const before = await waysOf(relay);
  expect(before).toMatchObject([['claude-code', [{ way: 'statusline' }]]]);
  await relay.stop();
  writeFileSync(homePaths(stage.home).hookFlags, '{"flags":[{"at":');
  const next = await stage.start();
  expect(await waysOf(next)).toEqual(before);
  expect((await next.snapshot()).flags).toEqual([]);
  expect(existsSync(homePaths(stage.home).hookFlags)).toBe(false);
});
