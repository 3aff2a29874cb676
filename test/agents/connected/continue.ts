import { join } from 'node:path';
import type { ConnectedAgent } from './connected-agent.ts';

/** Continue's command line with a YAML file that names the provider's own address. */
export const continueDev: ConnectedAgent = {
  id: 'continue',
  name: 'Continue',
  packageName: '@continuedev/cli',
  version: '1.5.47',
  edited: '.continue/config.yaml',
  files: (apiKey) => ({
    '.continue/config.yaml': `# my models
name: mine
version: 0.0.1
schema: v1
models:
  - name: GLM # the plan
    provider: openai
    model: glm-4.7
    apiBase: https://api.z.ai/api/coding/paas/v4
    apiKey: ${apiKey}
    roles: [chat]
`,
  }),
  connectWith: [],
  command: ({ installedIn, home, prompt }) => ({
    command: process.execPath,
    args: [
      join(installedIn, 'node_modules', '@continuedev', 'cli', 'dist', 'cn.js'),
      '-p',
      '--auto',
      '--config',
      join(home, '.continue', 'config.yaml'),
      prompt,
    ],
    env: { CONTINUE_TELEMETRY_ENABLED: '0' },
  }),
  read: ({ file }) => ['Read', { filepath: file }],
  edit: ({ file, oldText, newText }) => ['Edit', { file_path: file, old_string: oldText, new_string: newText }],
  run: ({ command }) => ['Bash', { command }],
};
