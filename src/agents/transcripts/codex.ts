import type { RateLimit } from '../../core/rate-limit.ts';
import type { Written } from '../../core/seen-turn.ts';
import type { LineReader, TranscriptSource } from '../../core/transcript-source.ts';
import { variable } from '../config-folder.ts';
import { asRecord } from '../conversation.ts';
import { instantIn, instantOf, numberOf, parseObject, textOf, tokens, usageOf } from './figures.ts';

/**
 * Codex's `sessions/<date>/rollout-….jsonl` (read in files that 0.169.0 wrote). `token_usage_record` names each answer; in
 * files of versions without it `token_count` tells the last answer's tokens, and is passed over where the sum did not grow.
 */
export const codexTranscript: TranscriptSource = {
  kind: 'lines',
  folders(places) {
    const home = variable(places, 'CODEX_HOME') ?? `${places.userHome}/.codex`;
    return [`${home}/sessions`, `${home}/archived_sessions`];
  },
  matches: (name) => /(?:^|\/)rollout-[^/]*\.jsonl$/.test(name),
  telling: ['"session_meta"', '"turn_context"', '"token_usage_record"', '"token_count"'],
  createReader: (state) => createReader(state),
  providerOf(provider) {
    if (provider === undefined || provider === 'openai') return 'openai';
    return provider === 'chatgpt' ? 'codex' : undefined;
  },
  blind: ['Codex does not write down which of your accounts it used.'],
};

interface State {
  session?: string | undefined;
  folder?: string | undefined;
  provider?: string | undefined;
  model?: string | undefined;
  /** Sum of all tokens at the last `token_count`. */
  total?: number | undefined;
  /** True once a record named an answer: then sums are not counted. */
  records?: boolean | undefined;
  subAgent?: boolean | undefined;
}

function createReader(before: unknown): LineReader {
  const state: State = { ...(asRecord(before) as State) };

  function turn(
    id: string,
    at: number,
    said: Readonly<Record<string, unknown>>,
    responseId?: string,
  ): readonly Written[] {
    const usage = usageOf({
      inputTokens: tokens(said['input_tokens']),
      cacheReadTokens: tokens(said['cached_input_tokens']),
      cacheWriteTokens: tokens(said['cache_write_input_tokens']),
      outputTokens: tokens(said['output_tokens']),
      reasoningTokens: tokens(said['reasoning_output_tokens']),
    });
    if (usage === undefined) return [];
    const { model, provider, session: sessionId, folder } = state;
    const kind = state.subAgent === true ? 'sub-agent' : 'main';
    return [
      {
        kind: 'turn',
        turn: { id, at, startedAt: undefined, model, provider, usage, responseId, sessionId, folder, kind },
      },
    ];
  }

  function count(at: number, payload: Readonly<Record<string, unknown>>): readonly Written[] {
    const info = asRecord(payload['info']);
    const total = tokens(asRecord(info['total_token_usage'])['total_tokens']);
    const grown = total !== (state.total ?? 0);
    state.total = total;
    const limits = readLimits(asRecord(payload['rate_limits']), at);
    const told: readonly Written[] = limits.length === 0 ? [] : [{ kind: 'limits', provider: state.provider, limits }];
    if (state.records === true || !grown || state.session === undefined) return told;
    return [...turn(`${state.session}:${total}`, at, asRecord(info['last_token_usage'])), ...told];
  }

  return {
    line(text) {
      const line = parseObject(text);
      const payload = asRecord(line?.['payload']);
      const at = instantOf(line?.['timestamp']);
      if (line === undefined || at === undefined) return [];
      switch (line['type']) {
        case 'session_meta':
          state.session = textOf(payload['id']) ?? state.session;
          state.folder = textOf(payload['cwd']) ?? state.folder;
          state.provider = textOf(payload['model_provider']) ?? state.provider;
          state.subAgent = payload['thread_source'] === 'subagent' || 'subagent' in asRecord(payload['source']);
          return [];
        case 'turn_context':
          state.model = textOf(payload['model']) ?? state.model;
          state.folder = textOf(payload['cwd']) ?? state.folder;
          return [];
        case 'token_usage_record': {
          state.records = true;
          const id = textOf(payload['response_id']);
          return id === undefined ? [] : turn(id, at, asRecord(payload['usage']), id);
        }
        case 'event_msg':
          return payload['type'] === 'token_count' ? count(at, payload) : [];
        default:
          return [];
      }
    },
    state: () => ({ ...state }),
  };
}

/** The slots as the program got them from the provider's headers; an allowance is named by its length. */
function readLimits(said: Readonly<Record<string, unknown>>, seenAt: number): readonly RateLimit[] {
  const family = textOf(said['limit_id']) ?? 'codex';
  return ['primary', 'secondary'].flatMap((slot): readonly RateLimit[] => {
    const { used_percent: used, window_minutes: length, resets_at: resets } = asRecord(said[slot]);
    const percent = numberOf(used);
    const windowMs = instantIn(length, 60_000);
    if (percent === undefined) return [];
    return [
      {
        policy: `${family}-${windowMs === undefined ? slot : `${String(length)}min`}`,
        unit: 'share',
        limit: undefined,
        remaining: undefined,
        used: undefined,
        usedFraction: percent / 100,
        windowMs,
        resetsAt: instantIn(resets, 1000),
        model: family === 'codex' ? undefined : family,
        seenAt,
        source: 'transcript',
      },
    ];
  });
}
