import { expect, test } from 'vitest';
import { presentDiagnostics } from '../../../src/extension/present/diagnostics.ts';
import type { DiagnosticFacts } from '../../../src/extension/present/diagnostics.ts';
import { exchange, HOUR, NOW, snapshot } from '../snapshots.ts';

const TOKEN = 'Zt0k3n'.repeat(8);

function report(over: Partial<DiagnosticFacts> = {}): string {
  const endpoint = {
    pid: 4711,
    port: 7526,
    token: TOKEN,
    version: '0.1.0',
    protocol: '1.0',
    startedAt: NOW - 2 * HOUR,
  };
  return presentDiagnostics({
    version: '0.1.0',
    editor: 'Code 1.139.1 (desktop)',
    node: '24.21.0',
    platform: 'linux x64',
    remote: undefined,
    home: '/home/sam/.planward',
    userHome: '/home/sam',
    userName: 'sam',
    settings: {},
    connection: { state: 'live', endpoint, snapshot: snapshot() },
    now: NOW,
    ...over,
  });
}

test('the report says what a maintainer needs', () => {
  const text = report();
  expect(text).toContain('relay 0.1.0, process 4711, port 7526, up 120 min');
  expect(text).toContain('- zai plan glm-coding-pro, poll ok: five-hour ok 0.620 by both, week ok 0.230 by provider');
  expect(text).toContain('- home ~/.planward');
});

test('no token, key, account or user name is in the report', () => {
  const text = report({
    settings: { 'relay.upstreams': { zai: 'https://sam:hunter2@gateway.example/secret-path' } },
    connection: {
      state: 'lost',
      reason: 'exited',
      message: `/home/sam/x failed with Bearer ${TOKEN} and sk-test-0123456789 for Sam, key 0123456789abcdef0123456789abcdef.Qwerty`,
      endpoint: { pid: 1, port: 1, token: TOKEN, version: '1', protocol: '1.0', startedAt: 0 },
      snapshot: snapshot({
        recent: [
          exchange({
            status: 401,
            error: { code: '1000', type: undefined, message: 'prompt text of sam', inStream: false },
          }),
        ],
      }),
    },
  });
  for (const secret of [
    TOKEN,
    'hunter2',
    'secret-path',
    'sk-test',
    '0123456789abcdef',
    'prompt text',
    'sam',
    'Sam',
    snapshot().accounts[0]!.accountKey + ' ',
  ]) {
    expect(text).not.toContain(secret);
  }
  expect(text).toContain('https://gateway.example');
  expect(text).toContain('- failed: zai chat completed 401 code 1000');
});
