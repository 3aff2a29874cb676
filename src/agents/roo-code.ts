import type { Agent } from '../core/agent.ts';
import { text } from '../core/text.ts';
import { bodyConfidence, headerMatches, SURE } from './clue.ts';

/** Roo Code (source read at 3.52.1). Profiles lie in VS Code's secret storage: its exported API or an import file reach them. */
export const rooCode: Agent = {
  id: 'roo-code',
  name: 'Roo Code',
  recognise(clues) {
    if (headerMatches(clues, 'user-agent', /^RooCode\//i)) return SURE.header;
    if (headerMatches(clues, 'x-title', /^roo code$/i)) return SURE.header;
    if (headerMatches(clues, 'http-referer', /^https:\/\/github\.com\/RooVetGit\/Roo-Cline/i)) return SURE.header;
    return bodyConfidence(clues, {
      phrases: ['You are Roo, a ', 'You are Roo, an '],
      tools: ['attempt_completion', 'ask_followup_question', 'switch_mode', 'update_todo_list'],
    });
  },
  turns: {
    compaction: {
      system: ['Your task is to create a detailed summary of the conversation so far'],
      text: ['Summarize the conversation so far, as described in the prompt instructions.'],
    },
  },
  connection: {
    files: () => [],
    mayCreate: false,
    slots: () => [],
    directUrls: {
      zai: 'https://api.z.ai/api/coding/paas/v4',
      bigmodel: 'https://open.bigmodel.cn/api/coding/paas/v4',
      anthropic: 'https://api.anthropic.com',
      openai: 'https://api.openai.com/v1',
    },
    addSlot: () => undefined,
    costs: [
      text(
        'Roo’s own "Z AI" provider takes no base URL: the profile has to be of the kind "OpenAI Compatible".',
        'Roo 自带的 "Z AI" 不接受自定义地址：配置须为 "OpenAI Compatible" 类型。',
      ),
      text(
        'Disconnect Roo Code before you uninstall Planward: its profiles can only be put back from within VS Code.',
        '卸载 Planward 之前请先断开 Roo Code：其配置只能在 VS Code 内恢复。',
      ),
    ],
    // `RooCodeAPI` of packages/types/src/api.ts and src/extension/api.ts, read Nov 2026. Its `setConfiguration` would replace a
    // profile without the key in it, which it does not hand out, so a profile of our own is made beside the user's.
    editorProfiles: {
      extensionId: 'RooVeterinaryInc.roo-cline',
      name: 'Planward',
      profile: (providerId, url, { key, model }) =>
        providerId === 'anthropic'
          ? { apiProvider: 'anthropic', anthropicBaseUrl: url, ...given({ apiKey: key, apiModelId: model }) }
          : { apiProvider: 'openai', openAiBaseUrl: url, ...given({ openAiApiKey: key, openAiModelId: model }) },
      urlIn({ apiProvider, openAiBaseUrl, anthropicBaseUrl }) {
        const url = apiProvider === 'anthropic' ? anthropicBaseUrl : openAiBaseUrl;
        return typeof url === 'string' ? url : undefined;
      },
    },
    restart: text('The profile holds from the next request on.', '该配置从下一个请求起生效。'),
    overridingVariables: [],
    projectOverrides: () => [],
    byHand: (url) => [
      'Open Roo Code’s settings, Providers, and make a profile of the kind "OpenAI Compatible" with this base URL and your key:',
      `  ${url}`,
      'Or save this as a file and choose it with Import in Roo Code’s settings, About Roo Code; then enter your key and model in the profile "Planward". Your other profiles stay:',
      `  ${importFile(url)}`,
      'Back: choose the profile you had before, and delete "Planward".',
    ],
  },
};

function given(values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/**
 * What Roo Code's Import takes: profiles of the same name are replaced, others stay, and the named one becomes the current one
 * (src/core/config/importExport.ts, read Nov 2026). Without a key: that is entered in Roo Code itself.
 */
function importFile(url: string): string {
  const profile = { apiProvider: 'openai', openAiBaseUrl: url };
  return JSON.stringify({ providerProfiles: { currentApiConfigName: 'Planward', apiConfigs: { Planward: profile } } });
}
