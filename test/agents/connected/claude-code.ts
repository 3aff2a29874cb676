import { join } from 'node:path';
import type { ConnectedAgent } from './connected-agent.ts';

/** Claude Code with the settings file of the Z.AI plan’s own instructions, a comment and odd spacing in it. */
export const claudeCode: ConnectedAgent = {
  id: 'claude-code',
  name: 'Claude Code',
  packageName: '@anthropic-ai/claude-code',
  version: '2.1.330',
  edited: '.claude/settings.json',
  files: (apiKey) => ({
    '.claude/settings.json': `{
    "env" : {
        "ANTHROPIC_AUTH_TOKEN": "${apiKey}",
        "ANTHROPIC_BASE_URL":   "https://api.z.ai/api/anthropic",
        "ANTHROPIC_DEFAULT_HAIKU_MODEL": "glm-4.5-air", "ANTHROPIC_DEFAULT_SONNET_MODEL": "glm-4.7",
        "ANTHROPIC_DEFAULT_OPUS_MODEL": "glm-4.7"
    },
    "permissions": { "allow": [ "Bash", "Edit", "Read", "Write" ] }
}
`,
  }),
  connectWith: [],
  command: ({ installedIn, prompt }) => ({
    command: join(
      installedIn,
      'node_modules',
      `@anthropic-ai/claude-code-${process.platform}-${process.arch}`,
      'claude',
    ),
    args: ['-p', prompt, '--permission-mode', 'acceptEdits'],
    env: { DISABLE_AUTOUPDATER: '1' },
  }),
  read: ({ file }) => ['Read', { file_path: file }],
  edit: ({ file, oldText, newText }) => ['Edit', { file_path: file, old_string: oldText, new_string: newText }],
  run: ({ command }) => ['Bash', { command, description: 'Run it' }],
};
