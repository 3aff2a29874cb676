import type { Usage } from '../../core/usage.ts';

/** A JSON object from a line; undefined where it is none. Never throws. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** No answer has as many tokens: a larger figure is none, and sums of those below stay exact. */
const MOST_TOKENS = 1e12;
/** The furthest a clock goes, in ms (ECMA-262, time values). */
const LAST_INSTANT = 8.64e15;

/** A whole number of tokens; 0 for anything else. */
export function tokens(value: unknown): number {
  return typeof value === 'number' && value > 0 && value < MOST_TOKENS ? Math.round(value) : 0;
}

/** A number that is one: JSON can write some that become infinite. Undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** An instant from a number of ms, or of units of `unitMs`; undefined where it is none. */
export function instantIn(value: unknown, unitMs = 1): number | undefined {
  const at = typeof value === 'number' ? value * unitMs : Number.NaN;
  return Math.abs(at) <= LAST_INSTANT ? at : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An instant from an ISO text; undefined where it is none. */
export function instantOf(value: unknown): number | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(at) ? at : undefined;
}

/** Undefined where nothing was used: then nothing was answered either. */
export function usageOf(figures: Omit<Usage, 'exactness'>): Usage | undefined {
  return figures.inputTokens + figures.outputTokens === 0 ? undefined : { ...figures, exactness: 'reported' };
}
