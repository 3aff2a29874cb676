import type { Agent } from '../core/agent.ts';
import { text } from '../core/text.ts';
import { bodyConfidence, headerMatches, SURE } from './clue.ts';
import { inProject, openCodeConnection } from './opencode-config.ts';
import { OPENCODE_SESSION, OPENCODE_TURNS } from './opencode.ts';

/** Kilo Code, CLI and extension (CLI seen at 7.7.9). A fork of OpenCode: tools in common are no clue. */
export const kiloCode: Agent = {
  id: 'kilo-code',
  name: 'Kilo Code',
  recognise(clues) {
    if (headerMatches(clues, 'user-agent', /^kilo(?:-code)?\//i)) return SURE.header;
    if (headerMatches(clues, 'x-title', /^kilo code$/i)) return SURE.header;
    if (headerMatches(clues, 'http-referer', /^https:\/\/kilocode\.ai/i)) return SURE.header;
    return bodyConfidence(clues, {
      phrases: ['You are Kilo, a highly skilled software engineer'],
      tools: ['kilo_local_recall', 'background_process', 'board_post'],
    });
  },
  turns: OPENCODE_TURNS,
  session: OPENCODE_SESSION,
  refusal: { kind: 'error', status: 402 },
  patience: { retryAfter: 'any', source: 'seen at 7.7.9, Nov 2026: a Retry-After of 3 s and one of 90 s are obeyed' },
  connection: openCodeConnection({
    variables: 'KILO',
    folder: 'kilo',
    names: ['kilo.jsonc', 'kilo.json', 'opencode.jsonc', 'opencode.json', 'config.json'],
    made: 'kilo.json',
    projectNames: inProject(['kilo.jsonc', 'kilo.json', 'opencode.jsonc', 'opencode.json'], '.kilo'),
    costs: [
      text(
        'Kilo’s own gateway (provider "kilo") is not carried: only providers with a key of your own are.',
        '不经过 Kilo 自身的网关（"kilo"）：仅支持使用您自己密钥的服务商。',
      ),
    ],
    restart: text(
      'Start Kilo again; in VS Code run "Developer: Reload Window", so that its server reads the file anew.',
      '重新启动 Kilo；在 VS Code 中运行 "Developer: Reload Window"，使其服务重新读取此文件。',
    ),
  }),
};
