import type { Agent } from '../core/agent.ts';
import type { AgentConnection } from '../core/connection.ts';
import { text } from '../core/text.ts';
import { bodyConfidence, headerMatches, SURE } from './clue.ts';
import { variable } from './config-folder.ts';
import { asList, asRecord, asText } from './conversation.ts';

/** Its provider words -> base URL where `apiBase` is absent (source read at 1.3.40). */
const BUILT_IN: Readonly<Record<string, string>> = {
  anthropic: 'https://api.anthropic.com/v1/',
  openai: 'https://api.openai.com/v1/',
  deepseek: 'https://api.deepseek.com/',
  gemini: 'https://generativelanguage.googleapis.com/v1beta/',
  openrouter: 'https://openrouter.ai/api/v1/',
  moonshot: 'https://api.moonshot.ai/v1/',
};

/** `models[].apiBase` of config.yaml (or the older config.json). The file is watched. */
const connection: AgentConnection = {
  files(places) {
    const folder = variable(places, 'CONTINUE_GLOBAL_DIR') ?? `${places.userHome}/.continue`;
    return [
      { path: `${folder}/config.yaml`, format: 'yaml' },
      { path: `${folder}/config.json`, format: 'jsonc' },
    ];
  },
  mayCreate: false,
  slots: (config) =>
    asList(asRecord(config)['models']).map((entry, index) => {
      const model = asRecord(entry);
      const current = asText(model['apiBase']);
      const name = asText(model['name']) || asText(model['title']) || asText(model['model']) || String(index + 1);
      return {
        path: ['models', index, 'apiBase'],
        label: `model ${name}`,
        current: current === '' ? undefined : current,
        direct: BUILT_IN[asText(model['provider'])],
        inUse: true,
      };
    }),
  directUrls: {},
  addSlot: () => undefined,
  costs: [
    text(
      'Models that come from Continue’s hub ("uses:") carry no address in this file and stay direct.',
      '来自 Continue hub 的模型（"uses:"）在此文件中没有地址，仍为直连。',
    ),
  ],
  restart: text('Continue watches the file and reads it at once.', 'Continue 会监视此文件并立即读取。'),
  overridingVariables: [],
  projectOverrides: () => [],
  byHand: (url) => ['Add this line to the model in Continue’s config.yaml:', `  apiBase: ${url}`],
};

/** Continue (source read at 1.3.40). Its requests name nobody in the headers, except towards gateways. */
export const continueDev: Agent = {
  id: 'continue',
  name: 'Continue',
  recognise(clues) {
    if (headerMatches(clues, 'user-agent', /^continue\//i) || headerMatches(clues, 'x-title', /^continue$/i)) {
      return SURE.header;
    }
    if (headerMatches(clues, 'http-referer', /^https:\/\/www\.continue\.dev/i)) return SURE.header;
    // As JSON writes them: the body is looked at before it is parsed.
    const modes = ['chat', 'agent', 'plan'].map((mode) => `<important_rules>\\n  You are in ${mode} mode`);
    return bodyConfidence(clues, {
      phrases: modes,
      tools: ['create_new_file', 'run_terminal_command', 'single_find_and_replace', 'create_rule_block'],
    });
  },
  connection,
};
