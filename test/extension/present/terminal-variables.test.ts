import { expect, test } from 'vitest';
import { TERMINAL_ROUTES } from '../../../src/agents/terminal-routes.ts';
import { terminalVariables } from '../../../src/extension/present/terminal-variables.ts';

const variables = (target: string, env: Record<string, string> = {}) =>
  terminalVariables(TERMINAL_ROUTES, () => target, 7526, env);

test.each([
  ['zai', 'http://127.0.0.1:7526/@claude-code/zai/api/anthropic'],
  ['bigmodel', 'http://127.0.0.1:7526/@claude-code/bigmodel/api/anthropic'],
  ['anthropic', 'http://127.0.0.1:7526/@claude-code/anthropic'],
])('terminals switched to %s get %s', (target, value) => {
  expect(variables(target)[0]).toEqual({ name: 'ANTHROPIC_BASE_URL', how: 'set', value });
});

test.each(['off', '', 'no-such-provider'])('terminals set to "%s" are left as they are', (target) => {
  expect(variables(target)).toEqual([]);
});

test.each<[Record<string, string>, object[]]>([
  [{}, [{ name: 'NO_PROXY', how: 'set', value: '127.0.0.1,localhost' }]],
  [{ NO_PROXY: 'corp.example' }, [{ name: 'NO_PROXY', how: 'append', value: ',127.0.0.1,localhost' }]],
  [{ no_proxy: 'corp.example' }, [{ name: 'no_proxy', how: 'append', value: ',127.0.0.1,localhost' }]],
  [
    { NO_PROXY: 'localhost,127.0.0.1', no_proxy: 'corp.example' },
    [{ name: 'no_proxy', how: 'append', value: ',127.0.0.1,localhost' }],
  ],
  [{ NO_PROXY: '127.0.0.1' }, []],
])('with %j loopback is kept away from the proxy without losing an exception', (env, expected) => {
  expect(variables('zai', env).slice(1)).toEqual(expected);
});
