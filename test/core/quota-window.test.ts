import { describe, expect, test } from 'vitest';
import { bindingWindow, type QuotaWindow } from '../../src/core/quota-window.ts';

function window(id: string, usedFraction: number | undefined, change: Partial<QuotaWindow> = {}): QuotaWindow {
  return {
    id,
    unit: 'share',
    kind: 'rolling',
    windowMs: 18_000_000,
    limit: undefined,
    used: undefined,
    usedFraction,
    resetsAt: undefined,
    model: undefined,
    level: 'ok',
    basis: 'provider',
    source: 'header',
    seenAt: 0,
    ledgerUsed: undefined,
    disagreement: undefined,
    ...change,
  };
}

describe('the window that binds', () => {
  test('is the fullest one', () => {
    expect(bindingWindow([window('a', 0.2), window('b', 0.6), window('c', 0.3)])?.id).toBe('b');
  });

  test('is an exhausted one before any other', () => {
    expect(bindingWindow([window('a', 1.4), window('b', 1, { level: 'exhausted' })])?.id).toBe('b');
  });

  test('is the shorter of two that are equally full, and one of known length before one of unknown', () => {
    const long = window('long', 0.5, { windowMs: 604_800_000 });
    expect(bindingWindow([long, window('short', 0.5)])?.id).toBe('short');
    expect(bindingWindow([window('any', 0.5, { windowMs: undefined }), long])?.id).toBe('long');
  });

  test('is none where no fraction is known', () => {
    expect(bindingWindow([])).toBeUndefined();
    expect(bindingWindow([window('a', undefined)])).toBeUndefined();
  });

  test('may be an empty one', () => {
    expect(bindingWindow([window('a', undefined), window('b', 0)])?.id).toBe('b');
  });

  const exhausted = { level: 'exhausted' } as const;

  test('is not one of a tool or of one model, however full, while others go on', () => {
    const tool = window('month:mcp', 1, { ...exhausted, model: 'mcp', inUse: false });
    const model = window('week:big', 0.95, { model: 'big', inUse: true });
    expect(bindingWindow([window('five-hour', 0.1), tool, model])?.id).toBe('five-hour');
    expect(bindingWindow([window('five-hour', undefined), tool])).toBeUndefined();
  });

  test('is one of a single model where it is exhausted and the model is in use', () => {
    const model = window('week:big', 1, { ...exhausted, model: 'big', inUse: true });
    expect(bindingWindow([window('five-hour', 0.9), model])?.id).toBe('week:big');
    expect(bindingWindow([window('five-hour', 0.9), { ...model, inUse: undefined }])?.id).toBe('five-hour');
  });

  test('is the fullest of the scoped ones where an account has no others', () => {
    const pools = [window('week:gemini', 0.2, { model: 'gemini' }), window('week:claude', 0.7, { model: 'claude' })];
    expect(bindingWindow(pools)?.id).toBe('week:claude');
    expect(bindingWindow([pools[0]!, { ...pools[1]!, inUse: false }])?.id).toBe('week:gemini');
  });
});
