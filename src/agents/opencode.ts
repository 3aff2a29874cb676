import type { Agent, SessionMarks, TurnMarks } from '../core/agent.ts';
import { text } from '../core/text.ts';
import { bodyConfidence, headerMatches, SURE } from './clue.ts';
import { inProject, openCodeConnection } from './opencode-config.ts';

/** Sessions of OpenCode and its forks (seen at opencode 1.18.33 and kilo 7.7.9); a helper's requests count with its parent's. */
export const OPENCODE_SESSION: SessionMarks = {
  headers: ['x-parent-session-id', 'x-session-id', 'session-id'],
  folderAfter: ['Workspace root folder: ', 'Working directory: '],
};

/** Side requests of OpenCode and its forks (texts read in kilo 7.7.7). */
export const OPENCODE_TURNS: TurnMarks = {
  title: {
    system: ['You are a title generator. You output ONLY a thread title.'],
    text: ['Generate a title for this conversation:'],
  },
  compaction: {
    system: ['You are a helpful AI assistant tasked with summarizing conversations'],
    text: [
      'Provide a detailed prompt for continuing our conversation above',
      'Provide a detailed summary for continuing',
      'Create a new anchored summary from the conversation history',
      'Update the anchored summary below',
    ],
  },
  subAgent: { headers: ['x-parent-session-id'] },
};

/** OpenCode (seen at 1.18.33). Its tools have everyday names that others share, so they are no clue. */
export const opencode: Agent = {
  id: 'opencode',
  name: 'OpenCode',
  recognise(clues) {
    if (headerMatches(clues, 'user-agent', /^opencode\//i)) return SURE.header;
    if (headerMatches(clues, 'originator', /^opencode$/i)) return SURE.header;
    return bodyConfidence(clues, {
      phrases: [
        'You are opencode, an interactive CLI tool',
        'You are OpenCode, the best coding agent on the planet.',
        'You are OpenCode, You and the user share the same workspace',
      ],
      tools: [],
    });
  },
  turns: OPENCODE_TURNS,
  session: OPENCODE_SESSION,
  refusal: { kind: 'error', status: 402 },
  patience: { retryAfter: 'any', source: 'seen at 1.18.33, Nov 2026: a Retry-After of 3 s and one of 90 s are obeyed' },
  connection: openCodeConnection({
    variables: 'OPENCODE',
    folder: 'opencode',
    names: ['opencode.jsonc', 'opencode.json', 'config.json'],
    made: 'opencode.json',
    projectNames: inProject(['opencode.jsonc', 'opencode.json'], '.opencode'),
    costs: [
      text(
        'OpenCode’s own gateways ("opencode", "opencode-go") are not carried: only providers with a key of your own are.',
        '不经过 OpenCode 自身的网关（"opencode"、"opencode-go"）：仅支持使用您自己密钥的服务商。',
      ),
    ],
    restart: text('Start OpenCode again: it reads the file once.', '重新启动 OpenCode：它只读取一次此文件。'),
  }),
};
