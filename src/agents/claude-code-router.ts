import type { Agent } from '../core/agent.ts';
import type { AgentConnection } from '../core/connection.ts';
import { text } from '../core/text.ts';
import { CLAUDE_CODE_BODY } from './claude-code.ts';
import { bodyConfidence, headerMatches, SURE } from './clue.ts';
import { asList, asRecord, asText } from './conversation.ts';

/** `Providers[].api_base_url` of its config.json: the whole URL, operation included (seen at 2.0.0). */
const connection: AgentConnection = {
  files: ({ userHome }) => [{ path: `${userHome}/.claude-code-router/config.json`, format: 'json5' }],
  mayCreate: false,
  slots(config) {
    const root = asRecord(config);
    const key = Array.isArray(root['Providers']) ? 'Providers' : 'providers';
    return asList(root[key]).map((entry, index) => {
      const provider = asRecord(entry);
      const current = asText(provider['api_base_url']);
      return {
        path: [key, index, 'api_base_url'],
        label: `provider ${asText(provider['name']) || String(index + 1)}`,
        current: current === '' ? undefined : current,
        direct: undefined,
        inUse: true,
      };
    });
  },
  directUrls: {},
  addSlot: () => undefined,
  costs: [
    text(
      'Behind a router the relay sees translated requests: sessions, sub-agents and retries of Claude Code are not marked there.',
      '在路由器之后，中继看到的是转换后的请求：其中没有 Claude Code 的会话、子代理和重试标记。',
    ),
  ],
  restart: text('Restart the router: ccr restart.', '重启路由器：ccr restart。'),
  overridingVariables: [],
  projectOverrides: () => [],
  byHand: (url) => [
    'Write this URL into the provider of ~/.claude-code-router/config.json:',
    `  "api_base_url": "${url}"`,
  ],
};

/**
 * claude-code-router in front of Claude Code (seen at 2.0.0). It sends Claude Code's prompt and tools under the bare name
 * of its runtime, in the dialect of the provider.
 */
export const claudeCodeRouter: Agent = {
  id: 'claude-code-router',
  name: 'Claude Code (router)',
  recognise(clues) {
    if (headerMatches(clues, 'user-agent', /^claude-code-router\b/i)) return SURE.header;
    if (!headerMatches(clues, 'user-agent', /^(?:node|undici)$/i)) return 0;
    const body = bodyConfidence(clues, CLAUDE_CODE_BODY);
    // A little more than Claude Code itself says for the same body.
    return body === 0 ? 0 : body + 0.01;
  },
  connection,
};
