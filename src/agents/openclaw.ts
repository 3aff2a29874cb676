import type { Agent } from '../core/agent.ts';
import type { AgentConnection } from '../core/connection.ts';
import { text } from '../core/text.ts';
import { bodyConfidence, headerMatches, SURE } from './clue.ts';
import { variable } from './config-folder.ts';
import { asRecord, asText } from './conversation.ts';

/** `models.providers.<id>.baseUrl` of openclaw.json, which is JSON5 (seen at 2026.9.6). */
const connection: AgentConnection = {
  files(places) {
    const file = variable(places, 'OPENCLAW_CONFIG_PATH');
    if (file !== undefined) return [{ path: file, format: 'json5' }];
    const folder = variable(places, 'OPENCLAW_STATE_DIR') ?? `${places.userHome}/.openclaw`;
    return [{ path: `${folder}/openclaw.json`, format: 'json5' }];
  },
  mayCreate: false,
  slots(config) {
    const providers = asRecord(asRecord(asRecord(config)['models'])['providers']);
    return Object.entries(providers).map(([id, entry]) => {
      const current = asText(asRecord(entry)['baseUrl']);
      return {
        path: ['models', 'providers', id, 'baseUrl'],
        label: `provider ${id}`,
        current: current === '' ? undefined : current,
        direct: undefined,
        inUse: true,
      };
    });
  },
  directUrls: { zai: 'https://api.z.ai/api/coding/paas/v4' },
  // For the provider it knows itself the address alone is a valid entry; others need their list of models beside it.
  addSlot: (providerId) => (providerId === 'zai' ? ['models', 'providers', 'zai', 'baseUrl'] : undefined),
  costs: [
    text(
      'The gateway, its heartbeats and its scheduled jobs run without VS Code: install Planward’s service, so that the relay is there for them after a restart of the machine.',
      '网关及其心跳和定时任务在没有 VS Code 时运行：请安装 Planward 服务，使中继在重启机器后仍可用。',
    ),
  ],
  restart: text(
    'A running gateway takes the change over by itself; if it does not: openclaw gateway restart. One-off "openclaw agent --local" runs read the file each time.',
    '运行中的网关会自行采用更改；若没有，请运行 openclaw gateway restart。单次的 "openclaw agent --local" 每次都会读取此文件。',
  ),
  overridingVariables: [],
  projectOverrides: () => [],
  byHand: (url) => [
    'OpenClaw names no base URL for this provider in its configuration file. Add one with its own command, then start it again:',
    `  openclaw config set models.providers.<provider>.baseUrl ${url}`,
  ],
};

/** OpenClaw (seen at 2026.9.6). Nothing in its headers names it; its system prompt opens with an HTML comment. */
export const openclaw: Agent = {
  id: 'openclaw',
  name: 'OpenClaw',
  recognise(clues) {
    if (headerMatches(clues, 'user-agent', /^openclaw\//i)) return SURE.header;
    return bodyConfidence(clues, {
      phrases: ['You are a personal assistant running inside OpenClaw', '<!-- openclaw:attempt:'],
      tools: ['openclaw', 'sessions_yield', 'tool_describe', 'tool_search'],
    });
  },
  // Texts of its auto-reply, cron and sub-agent modules (read in 2026.9.6; the HEARTBEAT.md ones are of early 2026).
  turns: {
    heartbeat: {
      text: [
        '[OpenClaw heartbeat poll]',
        'Follow the heartbeat monitor scratch context when provided.',
        'Read HEARTBEAT.md if it exists',
      ],
    },
    cron: {
      text: [
        '[cron:',
        '[OpenClaw cron wake]',
        'This is an unattended scheduled run.',
        'A scheduled reminder has been triggered.',
        'session=agent:main:cron:',
      ],
    },
    // The heading "Subagent Context" stands in the system prompt of scheduled jobs too, so it says nothing.
    subAgent: { text: ['[Subagent Context]', '[Subagent Task]'] },
    compaction: {
      system: ['You are a context summarization assistant.'],
      text: ['Create a structured context checkpoint summary', 'Pre-compaction memory flush'],
    },
    retry: { text: ['[Queued user message from a previous active turn;'] },
  },
  session: { idAfter: ['| sessionId='] },
  patience: {
    retryAfter: 'any',
    source: 'seen at 2026.9.6, Nov 2026: a Retry-After of 3 s is obeyed, one of 90 s waited about 100 s',
  },
  connection,
};
