import type { Usage } from '../../core/usage.ts';

/** The figures a stream has told so far, in Usage's meaning; undefined is not told. */
export interface UsageCount {
  inputTokens: number | undefined;
  cacheReadTokens: number | undefined;
  cacheWriteTokens: number | undefined;
  outputTokens: number | undefined;
  reasoningTokens: number | undefined;
}

/** No single answer has more tokens; a figure beyond is garbage and counts as not told. */
const MOST_TOKENS = 1e10;

export function emptyCount(): UsageCount {
  return {
    inputTokens: undefined,
    cacheReadTokens: undefined,
    cacheWriteTokens: undefined,
    outputTokens: undefined,
    reasoningTokens: undefined,
  };
}

/**
 * Takes later figures into a count, field by field: the last one told wins, and they are never summed (they are
 * cumulative). A later 0 does not take back a figure above 0: a cumulative count cannot fall, so such a 0 means "not told
 * here" (seen from gateways that fill the closing event with zeros).
 */
export function takeCount(into: UsageCount, later: UsageCount): void {
  for (const key of Object.keys(into) as (keyof UsageCount)[]) {
    const figure = later[key];
    if (figure === undefined || figure > MOST_TOKENS || (figure === 0 && (into[key] ?? 0) > 0)) continue;
    into[key] = Math.round(figure);
  }
}

/** The count as Usage; undefined where no token figure was told at all. `final`: the provider has said its last figures. */
export function usageOf(count: UsageCount, final: boolean): Usage | undefined {
  const { inputTokens, outputTokens } = count;
  if (Object.values(count).every((figure) => figure === undefined)) return undefined;
  return {
    inputTokens: inputTokens ?? 0,
    cacheReadTokens: count.cacheReadTokens ?? 0,
    cacheWriteTokens: count.cacheWriteTokens ?? 0,
    outputTokens: outputTokens ?? 0,
    reasoningTokens: count.reasoningTokens ?? 0,
    exactness: final && inputTokens !== undefined && outputTokens !== undefined ? 'reported' : 'partial',
  };
}
