import type { AgentStatusLine, StatusLineInput } from '../../core/status-line.ts';
import { claudeCodeConnection } from '../claude-code-config.ts';
import { asRecord, asText } from '../conversation.ts';

const HOUR_MS = 3_600_000;
/** The furthest a clock goes, in ms (ECMA-262, time values). */
const LAST_INSTANT = 8.64e15;
const WINDOWS: readonly (readonly [policy: string, windowMs: number])[] = [
  ['five_hour', 5 * HOUR_MS],
  ['seven_day', 168 * HOUR_MS],
];

/**
 * Claude Code's `statusLine` command (code.claude.com/docs/en/statusline, read 2026-11). `rate_limits` is there for
 * subscribers after the first answer, and not behind another base URL.
 */
export const claudeCodeStatusLine: AgentStatusLine = {
  agentId: 'claude-code',
  providerId: 'anthropic',
  read(input) {
    const root = asRecord(input);
    if (asText(root['session_id']) === '' && root['model'] === undefined) return undefined;
    const model = asRecord(root['model']);
    return {
      sessionId: text(root['session_id']),
      modelName: text(model['display_name']),
      modelId: text(model['id']),
      contextFraction: contextOf(asRecord(root['context_window'])),
      costUsd: number(asRecord(root['cost'])['total_cost_usd']),
      limits: limitsOf(asRecord(root['rate_limits'])),
    };
  },
  files: (places) => claudeCodeConnection.files(places),
  path: ['statusLine'],
  commandKey: 'command',
  describe: (command) => ({ type: 'command', command }),
};

function limitsOf(said: Readonly<Record<string, unknown>>): StatusLineInput['limits'] {
  return WINDOWS.flatMap(([policy, windowMs]) => {
    const window = asRecord(said[policy]);
    const percent = number(window['used_percentage']);
    if (percent === undefined) return [];
    const resets = number(window['resets_at']);
    return [{ policy, usedFraction: percent / 100, windowMs, resetsAt: instantOf(resets) }];
  });
}

function instantOf(seconds: number | undefined): number | undefined {
  const at = seconds === undefined ? Number.NaN : seconds * 1000;
  return at <= LAST_INSTANT ? at : undefined;
}

function contextOf(window: Readonly<Record<string, unknown>>): number | undefined {
  const percent = number(window['used_percentage']);
  return percent === undefined ? undefined : percent / 100;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
