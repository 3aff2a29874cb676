import { describe, expect, test } from 'vitest';
import type { RateLimit } from '../../src/core/rate-limit.ts';
import { explainIncident } from '../../src/explain/explain-incident.ts';
import { failureOfExchange, type FailedExchange } from '../../src/explain/failure-of-exchange.ts';
import { findGatedIdentity } from '../../src/explain/gated-identity.ts';
import { readErrorBody } from '../../src/providers/error-envelope.ts';
import { errorCatalogues } from '../../src/providers/errors/list.ts';
import { findProvider } from '../../src/providers/list.ts';
import { anthropicShape, NOW, RATE } from './incidents/scripted-incident.ts';

const DONE: FailedExchange = {
  providerId: 'zai',
  operation: 'chat',
  outcome: 'completed',
  status: 200,
  error: undefined,
  limits: [],
};

function codeOf(exchange: Partial<FailedExchange>): string | undefined {
  const failure = failureOfExchange({ ...DONE, ...exchange });
  return failure === undefined ? undefined : explainIncident(failure, {}, errorCatalogues).code;
}

describe('an exchange', () => {
  test.each<readonly [string, Partial<FailedExchange>]>([
    ['that was answered', {}],
    ['that Planward refused', { outcome: 'refused', status: 403 }],
    ['that the agent left before an answer', { outcome: 'aborted', status: undefined }],
    ['that probes an address', { operation: 'probe', status: 404 }],
    ['that lists models', { operation: 'models', status: 401 }],
  ])('%s is no failure', (_what, exchange) => {
    expect(codeOf(exchange)).toBeUndefined();
  });

  test('with a refusal is that refusal', () => {
    expect(codeOf({ status: 429, error: readErrorBody(429, anthropicShape('1302', RATE)) })).toBe('1302');
  });

  test('with an error inside its stream is a failure under status 200', () => {
    const error = { code: '1305', type: undefined, message: 'busy', inStream: true };
    expect(codeOf({ error })).toBe('1305');
    expect(codeOf({ error, outcome: 'aborted' })).toBe('1305');
  });

  test('with a status only is what the status says', () => {
    expect(codeOf({ status: 503 })).toBe('http-503');
  });

  test('that was cut off is no answer, whatever its status was', () => {
    expect(codeOf({ outcome: 'upstream-failed', status: undefined })).toBe('no-answer');
    expect(codeOf({ outcome: 'upstream-failed', status: 200 })).toBe('no-answer');
  });

  test('with a page of markup is an edge’s', () => {
    const page = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
    expect(codeOf({ status: 502, error: readErrorBody(502, page) })).toBe('edge-page');
    expect(codeOf({ status: 403, error: readErrorBody(403, '<title>Just a moment...</title>') })).toBe('edge-page');
  });

  test('with words that only begin like a page is what its status says', () => {
    expect(codeOf({ status: 429, error: readErrorBody(429, '429 Too Many Requests') })).toBe('http-429');
  });

  test('that Planward waited out is a failure all the same', () => {
    expect(codeOf({ outcome: 'absorbed', status: 429, error: readErrorBody(429, anthropicShape('1302', RATE)) })).toBe(
      '1302',
    );
  });

  test('takes the reset from the limits of its answer', () => {
    const body =
      '{"error":{"code":"1308","message":"Usage limit reached for 5 hour. Your limit will reset at 2026-11-22 20:00:00"}}';
    const limits: readonly RateLimit[] = findProvider('zai')?.readBodyLimits?.(body, NOW) ?? [];
    const failure = failureOfExchange({ ...DONE, status: 429, error: readErrorBody(429, body), limits });
    expect(failure?.resetsAt).toBe(Date.UTC(2026, 10, 22, 12));
  });

  test('keeps no key of its message', () => {
    const error = { code: '1000', type: undefined, message: 'key sk-abcdefghijklmnop is wrong', inStream: false };
    expect(failureOfExchange({ ...DONE, status: 401, error })?.message).toBe('key [key] is wrong');
  });
});

describe('the client’s sentence', () => {
  test('is found anywhere in the system prompt, whatever its case', () => {
    const prompt = '<!-- v1 -->\nYou are a personal assistant RUNNING inside openclaw.';
    expect(findGatedIdentity(prompt, 'zai', errorCatalogues)).toEqual({ gatedPhrase: 'running inside OpenClaw' });
    expect(findGatedIdentity(prompt, 'bigmodel', errorCatalogues).gatedPhrase).toBeDefined();
  });

  test('is none where the provider was not reported to look for it, and none in another prompt', () => {
    expect(findGatedIdentity('running inside OpenClaw', 'kimi', errorCatalogues)).toEqual({ gatedPhrase: undefined });
    const official = "You are Claude Code, Anthropic's official CLI for Claude.";
    expect(findGatedIdentity(official, 'zai', errorCatalogues)).toEqual({ gatedPhrase: undefined });
  });
});
