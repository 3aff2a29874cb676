import type { Agent } from '../core/agent.ts';
import type { AgentConnection, Slot } from '../core/connection.ts';
import { header } from '../core/provider.ts';
import { text } from '../core/text.ts';
import { bodyConfidence, headerMatches, SURE } from './clue.ts';
import { variable } from './config-folder.ts';
import { asRecord, asText } from './conversation.ts';

const DIRECT_URLS = { openai: 'https://api.openai.com/v1', codex: 'https://chatgpt.com/backend-api/codex' };

/**
 * `openai_base_url` for the built-in provider (the environment's OPENAI_BASE_URL is ignored), else the `base_url` of the
 * chosen entry of `model_providers` (seen at 0.169.0). Without either the address follows the kind of sign-in, which the
 * file does not tell.
 */
const connection: AgentConnection = {
  files: (places) => [
    { path: `${variable(places, 'CODEX_HOME') ?? `${places.userHome}/.codex`}/config.toml`, format: 'toml' },
  ],
  mayCreate: true,
  slots(config) {
    const root = asRecord(config);
    const chosen = asText(root['model_provider']);
    const own = Object.entries(asRecord(root['model_providers'])).map(([id, entry]): Slot => {
      const current = asText(asRecord(entry)['base_url']);
      return {
        path: ['model_providers', id, 'base_url'],
        label: `provider ${id}`,
        current: current === '' ? undefined : current,
        direct: undefined,
        inUse: id === chosen,
      };
    });
    const current = asText(root['openai_base_url']);
    const builtIn: Slot = {
      path: ['openai_base_url'],
      label: 'openai_base_url',
      current: current === '' ? undefined : current,
      direct: undefined,
      inUse: chosen === '' || chosen === 'openai',
    };
    return [builtIn, ...own];
  },
  directUrls: DIRECT_URLS,
  addSlot: (providerId) => (providerId in DIRECT_URLS ? ['openai_base_url'] : undefined),
  costs: [
    text(
      'Codex first tries a WebSocket; the relay asks it to use plain HTTP, which costs one short extra request per session.',
      'Codex 会先尝试 WebSocket；中继要求它改用普通 HTTP，每个会话因此多一个很短的请求。',
    ),
    text(
      'Signed in with ChatGPT, the terms of that plan apply; Planward forwards Codex’s own requests unchanged.',
      '以 ChatGPT 登录时适用该套餐的条款；Planward 原样转发 Codex 自身的请求。',
    ),
  ],
  restart: text(
    'Start Codex again; its VS Code extension after "Developer: Reload Window".',
    '重新启动 Codex；其 VS Code 扩展需先运行 "Developer: Reload Window"。',
  ),
  overridingVariables: [],
  projectOverrides: (folder) => [{ path: `${folder}/.codex/config.toml`, format: 'toml', keys: [['openai_base_url']] }],
  byHand: () => [],
};

/** OpenAI Codex, CLI and extension (CLI seen at 0.169.0). */
export const codex: Agent = {
  id: 'codex',
  name: 'Codex',
  recognise(clues) {
    if (headerMatches(clues, 'originator', /^codex(?:[_\s-]|$)/i)) return SURE.header;
    if (headerMatches(clues, 'user-agent', /^codex[_-]/i)) return SURE.header;
    if (header(clues.headers, 'x-codex-turn-metadata') !== undefined) return SURE.header;
    return bodyConfidence(clues, {
      phrases: ['You are a coding agent running in the Codex CLI', 'You are Codex, based on GPT'],
      tools: ['exec_command', 'write_stdin', 'request_user_input'],
    });
  },
  turns: {
    compaction: { text: ['You are performing a CONTEXT CHECKPOINT COMPACTION.'] },
    subAgent: { headers: ['x-openai-subagent', 'x-codex-parent-thread-id'] },
  },
  session: { headers: ['session-id', 'session_id'], folderAfter: ['<cwd>'] },
  patience: {
    retryAfter: 'short',
    source: 'seen at 0.169.0, Nov 2026: a 429 is tried again only where Retry-After says so; 3 s is obeyed',
  },
  connection,
};
