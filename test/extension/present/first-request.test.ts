import { describe, expect, test } from 'vitest';
import { agents } from '../../../src/agents/list.ts';
import { firstRequestOf, presentFirstRequest, presentObstacles } from '../../../src/extension/present/first-request.ts';
import { exchange, NOW, snapshot } from '../snapshots.ts';
import { english } from '../voices.ts';

const claude = agents.find(({ id }) => id === 'claude-code')!;
const told = (over: Parameters<typeof exchange>[0]) =>
  presentFirstRequest(english, snapshot(), claude, exchange({ agentId: 'claude-code', providerId: 'zai', ...over }));
const error = (code: string, message: string) => ({ code, type: undefined, message, inStream: false });

describe('the first request after connecting', () => {
  test('that was answered works', () => {
    expect(told({ status: 200, error: undefined, outcome: 'completed' })).toMatchObject({ works: true });
  });

  test('with a key of another endpoint names the key', () => {
    const { works, text } = told({ status: 401, error: error('1000', 'Authentication Failed'), outcome: 'completed' });
    expect([works, text]).toEqual([false, expect.stringContaining('another endpoint')]);
  });

  test('whose model is not known there names the model, by status or in the provider’s words', () => {
    expect(told({ status: 404, error: undefined, outcome: 'completed' }).text).toContain('model may not be known');
    expect(told({ status: 400, error: error('1211', 'Unknown Model'), outcome: 'completed' }).text).toContain(
      'Unknown Model',
    );
  });

  test('refused within a stream that began well does not work', () => {
    expect(told({ status: 200, error: error('1113', 'Insufficient balance'), outcome: 'completed' })).toMatchObject({
      works: false,
      text: expect.stringContaining('Insufficient balance') as string,
    });
  });

  test('is one of this agent, and none from before', () => {
    const recent = [
      exchange({ agentId: 'cline', startedAt: NOW + 2 }),
      exchange({ agentId: 'claude-code', startedAt: NOW + 1 }),
      exchange({ agentId: 'claude-code', startedAt: NOW - 1 }),
    ];
    expect(firstRequestOf(snapshot({ recent }), 'claude-code', NOW)?.startedAt).toBe(NOW + 1);
    expect(firstRequestOf(snapshot({ recent: recent.slice(2) }), 'claude-code', NOW)).toBeUndefined();
  });

  test('that never comes may be held up by an old process, a project’s file and a proxy, all named', () => {
    const proxy = { variables: ['HTTP_PROXY'], noProxy: '127.0.0.1,localhost' };
    const lines = presentObstacles(english, claude, { overrides: ['/project/.claude/settings.json'], proxy });
    expect(lines.map((line) => /open before|project|HTTP_PROXY/.exec(line)?.[0])).toEqual([
      'open before',
      'project',
      'HTTP_PROXY',
    ]);
  });
});
