import type { Agent } from '../core/agent.ts';
import { text } from '../core/text.ts';
import { bodyConfidence, headerMatches, SURE } from './clue.ts';

/** Gemini CLI (seen at 0.61.0). Its opening phrase names no product, so the tools have to stand beside it. */
export const geminiCli: Agent = {
  id: 'gemini-cli',
  name: 'Gemini CLI',
  recognise(clues) {
    if (headerMatches(clues, 'user-agent', /^GeminiCLI/i)) return SURE.header;
    return bodyConfidence(clues, {
      phrases: [],
      tools: ['run_shell_command', 'google_web_search', 'write_todos', 'enter_plan_mode', 'activate_skill'],
    });
  },
  turns: {
    compaction: { system: ['You are the component that summarizes internal chat history into a given structure.'] },
    subAgent: { tools: ['complete_task'] },
  },
  patience: { retryAfter: 'ignored', source: 'seen at 0.61.0, Nov 2026: it keeps its own waits' },
  connection: {
    files: () => [],
    mayCreate: false,
    slots: () => [],
    directUrls: { gemini: 'https://generativelanguage.googleapis.com' },
    addSlot: () => undefined,
    costs: [
      text(
        'Signing in with a Google account uses other servers and is not carried; only API keys are.',
        '以 Google 账号登录时使用其他服务器，不经过中继；仅支持 API 密钥。',
      ),
    ],
    restart: text(
      'Start Gemini CLI again in a terminal that has the variable.',
      '在带有该变量的终端中重新启动 Gemini CLI。',
    ),
    overridingVariables: [],
    projectOverrides: () => [],
    variable: 'GOOGLE_GEMINI_BASE_URL',
    environmentFiles: ({ userHome }) => [`${userHome}/.gemini/.env`],
    byHand: (url) => [
      'Gemini CLI reads its base URL from the environment. Put this line into your shell’s start file:',
      `  export GOOGLE_GEMINI_BASE_URL=${url}`,
    ],
  },
};
