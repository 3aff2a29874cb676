import type { Agent } from '../core/agent.ts';
import type { AgentConnection } from '../core/connection.ts';
import { text } from '../core/text.ts';
import { BUILT_IN_URLS, CATALOGUE_IDS, CATALOGUE_URLS } from './built-in-urls.ts';
import { bodyConfidence, headerMatches, SURE } from './clue.ts';
import { variable } from './config-folder.ts';
import { asRecord, asText } from './conversation.ts';

/** Ids of its own for what the catalogue calls otherwise. */
const OWN_URLS: Readonly<Record<string, string>> = {
  'openai-native': BUILT_IN_URLS['openai']!,
  gemini: BUILT_IN_URLS['google']!,
  moonshot: BUILT_IN_URLS['moonshotai']!,
};
const OWN_IDS: Readonly<Record<string, string>> = { openai: 'openai-native', gemini: 'gemini', moonshot: 'moonshot' };

/** `providers.<id>.settings.baseUrl`, read anew for each session by the CLI and the extension (seen at 3.0.65). */
const connection: AgentConnection = {
  files(places) {
    const root = variable(places, 'CLINE_DIR') ?? `${places.userHome}/.cline`;
    const data = variable(places, 'CLINE_DATA_DIR') ?? `${root}/data`;
    return [{ path: `${data}/settings/providers.json`, format: 'json' }];
  },
  mayCreate: false,
  slots(config) {
    const root = asRecord(config);
    return Object.entries(asRecord(root['providers'])).map(([id, entry]) => {
      const current = asText(asRecord(asRecord(entry)['settings'])['baseUrl']);
      return {
        path: ['providers', id, 'settings', 'baseUrl'],
        label: `provider ${id}`,
        current: current === '' ? undefined : current,
        direct: OWN_URLS[id] ?? BUILT_IN_URLS[id],
        inUse: true,
      };
    });
  },
  directUrls: CATALOGUE_URLS,
  // Without a key beside it an entry is of no use, so one is never added: the user signs in first.
  addSlot: () => undefined,
  costs: [
    text(
      'Cline rewrites this file when it saves its own settings; what it finds there stays.',
      'Cline 保存自身设置时会重写此文件；其中已有的内容会保留。',
    ),
    text(
      'In VS Code a base URL in Cline’s own settings page wins for the providers "openai" and "anthropic".',
      '在 VS Code 中，对于 "openai" 和 "anthropic"，Cline 设置页中的地址优先。',
    ),
  ],
  restart: text(
    'A running session keeps the old address; in VS Code run "Developer: Reload Window" while Cline is idle.',
    '运行中的会话仍用旧地址；在 VS Code 中请在 Cline 空闲时运行 "Developer: Reload Window"。',
  ),
  overridingVariables: [],
  projectOverrides: () => [],
  byHand: (url) => [
    'Open Cline’s settings, choose your provider, switch on "Use custom base URL" and enter:',
    `  ${url}`,
    `Provider ids: ${Object.values({ ...CATALOGUE_IDS, ...OWN_IDS }).join(', ')}.`,
  ],
};

/** Cline, CLI and extension (CLI seen at 3.0.65). Its headers name the AI SDK only; sub-agents have its tools, not its prompt. */
export const cline: Agent = {
  id: 'cline',
  name: 'Cline',
  recognise(clues) {
    if (headerMatches(clues, 'user-agent', /^cline\//i) || headerMatches(clues, 'x-title', /^cline$/i))
      return SURE.header;
    return bodyConfidence(clues, {
      phrases: ['You are Cline, an AI coding agent', 'You are Cline, a highly skilled software engineer'],
      tools: ['read_files', 'search_codebase', 'run_commands', 'fetch_web_content'],
    });
  },
  turns: {
    compaction: { text: ['The current conversation is rapidly running out of context.'] },
  },
  refusal: { kind: 'error', status: 402 },
  patience: { retryAfter: 'short', source: 'seen at 3.0.65, Nov 2026: a Retry-After of 3 s is obeyed, 90 s is not' },
  connection,
};
