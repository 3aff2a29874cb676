import { expect, test } from 'vitest';
import { spawnOptions } from '../../src/client/spawn-options.ts';
import type { RelayProgram } from '../../src/client/spawn-options.ts';

const program: RelayProgram = {
  runtime: '/opt/code/code',
  script: '/home/sam/.planward/relay-0.1.0.cjs',
  home: '/home/sam/.planward',
  port: 7526,
  env: {},
  logFd: 9,
};

const envOf = (env: Record<string, string | undefined>) => spawnOptions({ ...program, env }).options.env!;

test('the relay is run as Node even where the runtime is VS Code itself and nothing says so yet', () => {
  expect(envOf({})).toMatchObject({ ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' });
  expect(envOf({ ELECTRON_RUN_AS_NODE: '0' })['ELECTRON_RUN_AS_NODE']).toBe('1');
});

test('what belongs to the window stays behind', () => {
  const env = envOf({
    VSCODE_IPC_HOOK_CLI: '/run/a.sock',
    VSCODE_ESM_ENTRYPOINT: 'vs/workbench/api/node/extensionHostProcess',
    vscode_nls_config: '{}',
    NODE_OPTIONS: '--require /js-debug/bootloader.js',
    NODE_CHANNEL_FD: '3',
    NODE_INSPECT_RESUME_ON_START: '1',
    ELECTRON_EXTRA_LAUNCH_ARGS: '--x',
    APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
    GONE: undefined,
  });
  expect(Object.keys(env).toSorted()).toEqual(['ELECTRON_NO_ASAR', 'ELECTRON_RUN_AS_NODE', 'MALLOC_ARENA_MAX']);
});

test('proxies, certificates and the search path are kept, for the relay honours them', () => {
  const kept = {
    PATH: '/usr/bin',
    HTTPS_PROXY: 'http://proxy:3128',
    NO_PROXY: 'localhost',
    NODE_EXTRA_CA_CERTS: '/ca.pem',
  };
  expect(envOf(kept)).toMatchObject(kept);
});

test('the relay gets its home and port, lives on its own and writes to the log', () => {
  const { command, args, options } = spawnOptions(program);
  expect([command, ...args]).toEqual([
    '/opt/code/code',
    '/home/sam/.planward/relay-0.1.0.cjs',
    '--home',
    '/home/sam/.planward',
    '--port',
    '7526',
  ]);
  expect(options).toMatchObject({
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 9, 9],
    cwd: '/home/sam/.planward',
  });
});
