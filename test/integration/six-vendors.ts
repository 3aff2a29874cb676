import type { VendorAnswer, VendorRequest } from '../support/mock-vendors.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Tokens each vendor reports for every answer, in our own meaning: `input` includes what came from the cache. */
export const TOKENS = {
  anthropic: { input: 1_600, cached: 1_000, written: 100, output: 50 },
  codex: { input: 500, cached: 400, written: 0, output: 60 },
  alibaba: { input: 900, cached: 0, written: 0, output: 30 },
  openrouter: { input: 700, cached: 200, written: 0, output: 20 },
  copilot: { input: 300, cached: 0, written: 0, output: 10 },
} as const;

/** What the vendors say of limits, apart from what the relay counts. Instants are whole seconds, as vendors send them. */
export function vendorWords(now: number) {
  const second = Math.floor(now / 1000) * 1000;
  const date = new Date(now);
  return {
    /** Three of the five hours are over. */
    anthropicFiveHourReset: second + 2 * HOUR,
    anthropicWeekReset: second + 3 * DAY,
    anthropicUsed: { header: 0.42, api: 0.43 },
    codexReset: second + 2 * DAY,
    codexUsed: { header: 0.31, body: 0.32, api: 0.33 },
    openrouterLeft: 7.5,
    copilotLeftPercent: 64,
    copilotReset: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1),
  };
}

type Words = ReturnType<typeof vendorWords>;

/** Five vendors beside Z.AI, each in its own dialect and with its own way to speak of limits. */
export function sixVendors(words: Words): Record<string, (request: VendorRequest) => VendorAnswer | undefined> {
  const seconds = (at: number): number => at / 1000;
  return {
    anthropic({ path, body }) {
      if (path === '/api/oauth/usage') {
        return {
          body: {
            five_hour: {
              utilization: words.anthropicUsed.api * 100,
              resets_at: new Date(words.anthropicFiveHourReset).toISOString(),
            },
            seven_day: { utilization: 12, resets_at: new Date(words.anthropicWeekReset).toISOString() },
          },
        };
      }
      if (path !== '/v1/messages') return undefined;
      const { input, cached, written, output } = TOKENS.anthropic;
      return {
        headers: {
          'anthropic-ratelimit-unified-5h-utilization': String(words.anthropicUsed.header),
          'anthropic-ratelimit-unified-5h-reset': String(seconds(words.anthropicFiveHourReset)),
          'anthropic-ratelimit-unified-5h-status': 'allowed',
          'anthropic-ratelimit-unified-7d-utilization': '0.12',
          'anthropic-ratelimit-unified-7d-reset': String(seconds(words.anthropicWeekReset)),
        },
        body: {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          model: modelIn(body),
          content: [{ type: 'text', text: 'Done.' }],
          stop_reason: 'end_turn',
          usage: {
            input_tokens: input - cached - written,
            cache_read_input_tokens: cached,
            cache_creation_input_tokens: written,
            output_tokens: output,
          },
        },
      };
    },
    codex({ path, body }) {
      if (path === '/backend-api/wham/usage') {
        const used_percent = words.codexUsed.api * 100;
        const week = { used_percent, reset_at: seconds(words.codexReset), limit_window_seconds: 604_800 };
        return { body: { plan_type: 'plus', rate_limit: { allowed: true, primary_window: week } } };
      }
      if (path !== '/backend-api/codex/responses') return undefined;
      const { input, cached, output } = TOKENS.codex;
      const model = modelIn(body);
      const week = { used_percent: words.codexUsed.body * 100, window_minutes: 10_080 };
      return {
        headers: {
          'x-codex-primary-used-percent': String(words.codexUsed.header * 100),
          'x-codex-primary-window-minutes': '10080',
          'x-codex-primary-reset-at': String(seconds(words.codexReset)),
        },
        body: [
          ['response.created', { type: 'response.created', response: { id: 'r', status: 'in_progress', model } }],
          [
            'codex.rate_limits',
            {
              type: 'codex.rate_limits',
              rate_limits: { primary: { ...week, reset_at: seconds(words.codexReset) } },
            },
          ],
          [
            'response.completed',
            {
              type: 'response.completed',
              response: {
                id: 'r',
                status: 'completed',
                model,
                usage: {
                  input_tokens: input,
                  input_tokens_details: { cached_tokens: cached },
                  output_tokens: output,
                  output_tokens_details: { reasoning_tokens: 0 },
                  total_tokens: input + output,
                },
              },
            },
          ],
        ],
      };
    },
    alibaba: ({ path, body }) =>
      path === '/v1/chat/completions' ? { body: completion(modelIn(body), TOKENS.alibaba) } : undefined,
    openrouter({ path, body }) {
      if (path === '/api/v1/key') {
        return { body: { data: { limit: 10, limit_remaining: words.openrouterLeft, limit_reset: 'weekly' } } };
      }
      if (path !== '/api/v1/chat/completions') return undefined;
      // Another model answers than the one asked for.
      const model = modelIn(body) === 'z-ai/glm-5' ? 'z-ai/glm-5.3' : modelIn(body);
      return { body: completion(model, TOKENS.openrouter) };
    },
    copilot({ path, body }) {
      if (path !== '/chat/completions') return undefined;
      const reset = encodeURIComponent(new Date(words.copilotReset).toISOString());
      return {
        headers: {
          'x-quota-snapshot-premium_interactions': `ent=1500&ov=0.0&ovPerm=false&rem=${words.copilotLeftPercent}&rst=${reset}`,
        },
        body: completion(modelIn(body), TOKENS.copilot),
      };
    },
  };
}

function completion(model: string, tokens: { input: number; cached: number; output: number }): object {
  return {
    id: 'c',
    object: 'chat.completion',
    model,
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Done.' } }],
    usage: {
      prompt_tokens: tokens.input,
      completion_tokens: tokens.output,
      total_tokens: tokens.input + tokens.output,
      prompt_tokens_details: { cached_tokens: tokens.cached },
    },
  };
}

function modelIn(body: string): string {
  return (JSON.parse(body) as { model: string }).model;
}
