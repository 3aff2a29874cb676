import { join } from 'node:path';
import type { ConnectedAgent } from './connected-agent.ts';

/** Kilo’s command line with a JSONC file that has comments and no address. */
export const kiloCode: ConnectedAgent = {
  id: 'kilo-code',
  name: 'Kilo Code',
  packageName: '@kilocode/cli',
  version: '7.7.7',
  edited: '.config/kilo/kilo.jsonc',
  files: (apiKey) => ({
    '.config/kilo/kilo.jsonc': `{
  // the plan
  "model": "zai-coding-plan/glm-4.7",
  "provider": {
    "zai-coding-plan": { "options": { "apiKey": "${apiKey}" } }, // mine
  },
}
`,
  }),
  // It adds its schema, and what `--auto` allows.
  withoutOwnWrites: (text) =>
    text.replace(/\n {2}"\$schema": "[^"]*",/, '').replace(/\n {2}"permission": \{[^}]*\},/, ''),
  connectWith: [],
  command: ({ installedIn, prompt }) => ({
    command: join(installedIn, 'node_modules', '@kilocode', `cli-${process.platform}-${process.arch}`, 'bin', 'kilo'),
    args: ['run', '--auto', '-m', 'zai-coding-plan/glm-4.7', prompt],
    env: {},
  }),
  read: ({ file }) => ['read', { filePath: file }],
  edit: ({ file, oldText, newText }) => ['edit', { filePath: file, oldString: oldText, newString: newText }],
  run: ({ command }) => ['bash', { command, description: 'Run it' }],
};
