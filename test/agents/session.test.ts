import { expect, test } from 'vitest';
import { readFolder, readSessionId } from '../../src/agents/session.ts';
import type { Headers } from '../../src/core/provider.ts';

function request(agentId: string, headers: Headers, body: Record<string, unknown> = {}) {
  return { agentId, headers, body, bodyStart: () => JSON.stringify(body) };
}

const UUID = '286ae5ef-c73f-4893-a79f-21eebb8dbd44';
const userId = (value: string) => ({ metadata: { user_id: value } });

test.each([
  ['claude-code', [['X-Claude-Code-Session-Id', UUID]], {}],
  ['claude-code', [], userId(JSON.stringify({ device_id: 'd', account_uuid: '', session_id: UUID }))],
  ['claude-code', [], userId(`user_0a1b_account__session_${UUID}`)],
  ['kilo-code', [['x-session-id', UUID]], {}],
  ['opencode', [['session-id', UUID]], {}],
  ['codex', [['session-id', UUID]], {}],
  ['openclaw', [], { messages: [{ content: `Runtime: agent=main | session=agent:main:main | sessionId=${UUID}\n` }] }],
] as const)('%s names its session in %j %j', (agentId, headers, body) => {
  expect(readSessionId(request(agentId, headers, body))).toBe(UUID);
});

test('a helper of OpenCode or Kilo Code counts with the session that started it', () => {
  const headers = [
    ['x-session-id', 'ses_child'],
    ['x-parent-session-id', 'ses_parent'],
  ] as const;
  expect(readSessionId(request('opencode', headers))).toBe('ses_parent');
});

test.each([
  ['an agent that names none', 'cline', [['x-session-id', UUID]]],
  ['nobody known', 'unknown', [['x-claude-code-session-id', UUID]]],
  ['an empty field', 'claude-code', [['x-claude-code-session-id', ' ']]],
  ['something too long to be an id', 'claude-code', [['x-claude-code-session-id', 'x'.repeat(500)]]],
] as const)('no session is told for %s', (_, agentId, headers) => {
  expect(readSessionId(request(agentId, headers))).toBeUndefined();
});

test('a body of any shape gives no session and does not throw', () => {
  for (const metadata of [null, 7, [], { user_id: 7 }, { user_id: '{"session_id":' }, { user_id: '' }]) {
    expect(readSessionId(request('claude-code', [], { metadata }))).toBeUndefined();
  }
});

const text = (content: string) => ({ messages: [{ role: 'user', content }] });

test.each([
  ['claude-code', 'environment: \n - Primary working directory: /home/user/project\n - Is a git repository'],
  ['kilo-code', '<environment_details>\nWorking directory: /home/user\nWorkspace root folder: /home/user/project\n'],
  ['opencode', '<env>\n  Working directory: /home/user/project\n  Is directory a git repo: yes'],
  ['codex', '<environment_context>\n<cwd>/home/user/project</cwd>'],
] as const)('%s says which folder it works in', (agentId, content) => {
  expect(readFolder(request(agentId, [], text(content)))).toBe('/home/user/project');
});

test('what is no path is no folder', () => {
  expect(
    readFolder(request('claude-code', [], text('Primary working directory: the one we spoke of\n'))),
  ).toBeUndefined();
  expect(readFolder(request('cline', [], text('Working directory: /home/user/project\n')))).toBeUndefined();
});
