import { join } from 'node:path';
import type { ConnectedAgent } from './connected-agent.ts';

/** OpenCode with a JSONC file that has comments and no address. */
export const opencode: ConnectedAgent = {
  id: 'opencode',
  name: 'OpenCode',
  packageName: 'opencode-ai',
  version: '1.18.33',
  edited: '.config/opencode/opencode.jsonc',
  files: (apiKey) => ({
    '.config/opencode/opencode.jsonc': `{
  // the plan
  "model": "zai-coding-plan/glm-4.7",
  "provider": {
    "zai-coding-plan": { "options": { "apiKey": "${apiKey}" } }, // mine
  },
}
`,
  }),
  // It adds its schema.
  withoutOwnWrites: (text) => text.replace(/\n? *"\$schema": "[^"]*",/, ''),
  connectWith: [],
  command: ({ installedIn, prompt }) => ({
    command: join(installedIn, 'node_modules', `opencode-${process.platform}-${process.arch}`, 'bin', 'opencode'),
    args: ['run', '-m', 'zai-coding-plan/glm-4.7', prompt],
    env: {},
  }),
  read: ({ file }) => ['read', { filePath: file }],
  edit: ({ file, oldText, newText }) => ['edit', { filePath: file, oldString: oldText, newString: newText }],
  run: ({ command }) => ['bash', { command, description: 'Run it' }],
};
