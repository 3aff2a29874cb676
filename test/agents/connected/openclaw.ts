import { dirname, join } from 'node:path';
import type { ConnectedAgent } from './connected-agent.ts';

/** OpenClaw’s embedded agent with a JSON5 file: bare keys, single quotes, comments. */
export const openclaw: ConnectedAgent = {
  id: 'openclaw',
  name: 'OpenClaw',
  packageName: 'openclaw',
  version: '2026.9.6',
  edited: '.openclaw/openclaw.json',
  files: (apiKey) => ({
    '.openclaw/openclaw.json': `// mine
{
  agents: { defaults: { model: { primary: 'plan/glm-4.7' } } },
  models: {
    providers: {
      plan: {
        baseUrl: 'https://api.z.ai/api/coding/paas/v4', // the coding plan
        apiKey: '${apiKey}',
        api: 'openai-completions',
        models: [
          { id: 'glm-4.7', name: 'GLM', reasoning: true, input: ['text'], contextWindow: 200000, maxTokens: 32000,
            cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 } },
        ],
      },
    },
  },
}
`,
  }),
  connectWith: [],
  command: ({ installedIn, prompt }) => ({
    command: process.execPath,
    args: [
      join(installedIn, 'node_modules', 'openclaw', 'openclaw.mjs'),
      'agent',
      '--local',
      '--agent',
      'main',
      '-m',
      prompt,
    ],
    env: {},
  }),
  read: ({ file }) => ['read', { path: file }],
  edit: ({ file, oldText, newText }) => ['edit', { path: file, edits: [{ oldText, newText }] }],
  // Its commands run in its own workspace otherwise.
  run: ({ command, file }) => ['exec', { command, workdir: dirname(file) }],
};
