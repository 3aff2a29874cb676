import { expect, test } from 'vitest';
import { bindingWindow } from '../../src/core/quota-window.ts';
import type { Burn } from '../../src/core/usage.ts';
import { anthropic } from '../../src/providers/anthropic.ts';
import { zai } from '../../src/providers/zai.ts';
import { choosePlan } from '../../src/quota/choose-plan.ts';
import { readQuota } from '../../src/quota/read-quota.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;

function burn(model: string, back: number): Burn {
  return {
    minuteAt: NOW - back,
    providerId: 'p',
    accountKey: 'a',
    model,
    agentId: 'cline',
    requests: 1,
    inputTokens: 1_000,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 10,
  };
}

test("GLM's month of search calls never takes the meter over, used up or not", () => {
  const body = JSON.stringify({
    code: 200,
    data: {
      level: 'pro',
      limits: [
        { type: 'CREDIT_LIMIT', unit: 3, number: 5, usage: 12_000, currentValue: 600, nextResetTime: NOW + HOUR },
        { type: 'TIME_LIMIT', unit: 5, number: 1, usage: 1_000, currentValue: 1_000, percentage: 100 },
      ],
    },
  });
  const reading = zai.poll!.read(200, body, NOW);
  if (!reading.ok) throw new Error(reading.message);
  const plan = choosePlan(zai.plans, reading.tier, reading.limits);
  const windows = readQuota({ plan, burns: [burn('glm-5.3', 60_000)], limits: reading.limits, now: NOW });
  expect(windows.find(({ model }) => model === 'mcp')).toMatchObject({ level: 'exhausted', inUse: false });
  expect(bindingWindow(windows)?.id).toBe('five-hour');
  const unseen = readQuota({ plan, burns: [], limits: reading.limits, now: NOW });
  expect(bindingWindow(unseen)?.id).toBe('five-hour');
});

test("a model's week that is used up is the meter's while that model is what the agent asks for, and not after it turned to another", () => {
  const headers: [string, string][] = [
    ['anthropic-ratelimit-unified-5h-utilization', '0.2'],
    ['anthropic-ratelimit-unified-5h-reset', String((NOW + HOUR) / 1000)],
    ['anthropic-ratelimit-unified-7d_oi-utilization', '1.0'],
    ['anthropic-ratelimit-unified-7d_oi-reset', String((NOW + 9 * HOUR) / 1000)],
  ];
  const limits = anthropic.readLimits(200, headers, NOW);
  const plan = anthropic.plans[0];
  const binding = (burns: readonly Burn[]) => bindingWindow(readQuota({ plan, burns, limits, now: NOW }))?.id;
  expect(binding([burn('claude-fable-5', 60_000)])).toBe('week:fable');
  expect(binding([burn('claude-fable-5', 2 * HOUR), burn('claude-sonnet-5', 60_000)])).toBe('five-hour');
});
