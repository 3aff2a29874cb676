import { expect, test, vi } from 'vitest';
import { relaySettingsSchema } from '../../src/protocol/relay-settings.ts';

vi.mock('vscode', () => ({ workspace: {} }));
const { difference, routedAgents } = await import('../../src/extension/push-settings.ts');

const inForce = relaySettingsSchema.parse({
  plans: { zai: 'a', bigmodel: 'b' },
  routedAgents: ['cline', 'claude-code'],
});

test('only what differs is sent, whatever its order', () => {
  expect(difference(inForce, { plans: { bigmodel: 'b', zai: 'a' }, routedAgents: ['claude-code', 'cline'] })).toEqual(
    {},
  );
  expect(difference(inForce, { plans: { zai: 'c' }, retentionDays: 400 })).toEqual({ plans: { zai: 'c' } });
});

test.each([
  ['switching a terminal on adds its agent', ['cline'], [], ['claude-code'], ['cline', 'claude-code']],
  ['switching it off takes away only what we put in', ['cline', 'claude-code'], ['claude-code'], [], ['cline']],
  ['an agent that somebody else routed stays', ['claude-code'], [], [], ['claude-code']],
])('%s', (_name, listed, before, now, expected) => {
  expect(routedAgents(listed, before, now)).toEqual(expected);
});
