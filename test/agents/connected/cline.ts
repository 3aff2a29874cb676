import { join } from 'node:path';
import type { ConnectedAgent } from './connected-agent.ts';

/** Cline’s command line, signed in to the Z.AI coding plan: no address in its file, so one is added and taken away again. */
export const cline: ConnectedAgent = {
  id: 'cline',
  name: 'Cline',
  packageName: 'cline',
  version: '3.0.65',
  edited: '.cline/data/settings/providers.json',
  files: (apiKey) => ({
    '.cline/data/settings/providers.json': `${JSON.stringify(
      {
        version: 1,
        lastUsedProvider: 'zai-coding-plan',
        modes: {},
        providers: {
          'zai-coding-plan': {
            settings: { provider: 'zai-coding-plan', apiKey, model: 'glm-4.7' },
            updatedAt: '2026-11-01T00:00:00.000Z',
            tokenSource: 'manual',
          },
        },
      },
      undefined,
      2,
    )}\n`,
  }),
  // It notes when it last used an entry.
  withoutOwnWrites: (text) => text.replace(/"updatedAt": "[^"]*"/, '"updatedAt": ""'),
  connectWith: ['--provider', 'zai'],
  command: ({ installedIn, workspace, prompt, sparePort }) => ({
    command: join(installedIn, 'node_modules', '.bin', 'cline'),
    args: ['-P', 'zai-coding-plan', '-m', 'glm-4.7', '-c', workspace, prompt],
    env: { CLINE_HUB_PORT: String(sparePort), NODE_NO_WARNINGS: '1' },
  }),
  read: ({ file }) => ['read_files', { files: [{ path: file }] }],
  edit: ({ file, oldText, newText }) => ['editor', { path: file, old_text: oldText, new_text: newText }],
  run: ({ command }) => ['run_commands', { commands: [command] }],
};
