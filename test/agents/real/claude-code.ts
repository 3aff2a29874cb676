import { join } from 'node:path';
import type { RealAgent } from './real-agent.ts';

/**
 * Claude Code in print mode. The package's native binary lies in a platform package, so that it runs without install
 * scripts. Skipping permissions is refused for root; accepting edits and allowing named tools is not.
 */
export const claudeCode: RealAgent = {
  id: 'claude-code',
  name: 'Claude Code',
  packageName: '@anthropic-ai/claude-code',
  version: '2.1.330',
  prepare: ({ installedIn, providerUrl, apiKey, prompt }) => ({
    command: join(
      installedIn,
      'node_modules',
      `@anthropic-ai/claude-code-${process.platform}-${process.arch}`,
      'claude',
    ),
    args: ['-p', prompt, '--permission-mode', 'acceptEdits', '--allowedTools', 'Bash Edit Read Write'],
    env: {
      ANTHROPIC_BASE_URL: `${providerUrl}/api/anthropic`,
      ANTHROPIC_AUTH_TOKEN: apiKey,
      ANTHROPIC_DEFAULT_OPUS_MODEL: 'glm-4.7',
      ANTHROPIC_DEFAULT_SONNET_MODEL: 'glm-4.7',
      ANTHROPIC_DEFAULT_HAIKU_MODEL: 'glm-4.5-air',
      DISABLE_AUTOUPDATER: '1',
    },
  }),
};
