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

/** A whole number of tokens; 0 for anything else. */
export function tokens(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.round(value) : 0;
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
