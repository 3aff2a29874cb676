import type { Usage } from '../../src/core/usage.ts';
import type { Block } from './mock-reply.ts';
import type { MockRequest } from './mock-request.ts';

/** Tokens in the meaning of core's Usage: input includes cached, output includes reasoning. */
export type TokenFigures = Omit<Usage, 'exactness'>;

export const NO_TOKENS: TokenFigures = {
  inputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
};

/**
 * The mock's figures, a pure function of the two bodies, so that a test can state them:
 * - input: one token for four bytes of the request body, rounded up
 * - cache read: from the second request of a conversation on, four fifths of the input, rounded down to 64s
 * - cache write: none (Z.AI reports none)
 * - output: one token for four characters of text, thinking, tool name and tool input, rounded up by block
 * - reasoning: the thinking blocks' part of the output
 *
 * `scale` multiplies all of them, for demos whose meter should move.
 */
export function countTokens(request: MockRequest, blocks: readonly Block[], scale = 1): TokenFigures {
  const inputTokens = Math.ceil(request.body.length / 4);
  const cached = request.hasHistory ? Math.floor((inputTokens * 0.8) / 64) * 64 : 0;
  let outputTokens = 0;
  let reasoningTokens = 0;
  for (const block of blocks) {
    const text = block.kind === 'tool' ? block.name + JSON.stringify(block.input) : block.text;
    const tokens = Math.ceil(text.length / 4);
    outputTokens += tokens;
    if (block.kind === 'thinking') reasoningTokens += tokens;
  }
  return {
    inputTokens: inputTokens * scale,
    cacheReadTokens: cached * scale,
    cacheWriteTokens: 0,
    outputTokens: outputTokens * scale,
    reasoningTokens: reasoningTokens * scale,
  };
}

export function addTokens(a: TokenFigures, b: TokenFigures): TokenFigures {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    reasoningTokens: a.reasoningTokens + b.reasoningTokens,
  };
}
