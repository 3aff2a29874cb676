import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../src/core/incident.ts';
import { readFailure, type Known } from '../../src/explain/read-failure.ts';
import { recognise } from '../../src/explain/recognise.ts';
import { readErrorBody } from '../../src/providers/error-envelope.ts';
import { errorCatalogues } from '../../src/providers/errors/list.ts';
import { cpuMs } from '../support/cpu-time.ts';

const DEPS = { readError: readErrorBody, catalogues: errorCatalogues };
const NOW = Date.UTC(2026, 10, 22, 8);

function read(body: string, known: Known = {}): Failure {
  return readFailure(body, DEPS, known);
}

/** `[code, status, type, message]`, the parts most shapes differ in. */
function parts(body: string, known?: Known): readonly unknown[] {
  const { code, status, type, message } = read(body, known);
  return [code, status, type, message];
}

describe('the code is found', () => {
  test.each<readonly [string, string, string]>([
    [
      'in the OpenAI envelope, as text',
      '{"error":{"code":"1302","message":"Rate limit reached for requests"}}',
      '1302',
    ],
    ['in the OpenAI envelope, as a number', '{"error":{"code":1302,"message":"Rate limit"}}', '1302'],
    ['as a type that is a number', '{"type":"error","error":{"type":"1113","message":"Insufficient balance"}}', '1113'],
    [
      'in brackets inside a message',
      '{"type":"error","error":{"type":"overloaded_error","message":"[1305][overloaded][2026062411]"}}',
      '1305',
    ],
    [
      'in the vendor’s own flat envelope',
      '{"code":3012,"msg":"request has been blocked due to unusual activity."}',
      '3012',
    ],
    ['in base_resp under status 200', '{"base_resp":{"status_code":1002,"status_msg":"rate limit"}}', '1002'],
    [
      'in parentheses at the end',
      '{"type":"error","error":{"type":"rate_limit_error","message":"usage limit exceeded (2056)"}}',
      '2056',
    ],
    ['in an event of a stream', 'event: error\ndata: {"error":{"code":"1305","message":"busy"}}\n\n', '1305'],
    ['in a terminal’s line', 'API Error: Request rejected (429) · [1313][Your account…][abc123]', '1313'],
    [
      'in a terminal’s line with colours',
      '\u001b[31mAPI Error: 529 [1305][The service may be temporarily overloaded][ab]\u001b[0m',
      '1305',
    ],
    ['in a line that is cut off', 'ProviderBusinessError: [1302][Rate limit reached fo', '1302'],
    ['in JSON within words', 'Error: 429 {"error":{"code":"1308","message":"Usage limit reached"}} (retrying)', '1308'],
    ['in JSON that is cut off', '429 {"error":{"code":"1310","message":"Weekly/Monthly Limit Exh', '1310'],
    [
      'in JSON written into a log with backslashes',
      '"body":"{\\"error\\":{\\"code\\":\\"1302\\",\\"message\\":\\"Rate"',
      '1302',
    ],
    [
      'in a gateway’s wrapping',
      '{"error":{"message":"{\\"error\\":{\\"code\\":\\"1302\\",\\"message\\":\\"Rate limit\\"}}"}}',
      '1302',
    ],
    [
      'in a Python exception',
      "openai.RateLimitError: Error code: 429 - {'error': {'code': '1302', 'message': 'Rate limit'}}",
      '1302',
    ],
    ['in words', 'my agent stopped with error 1309 today', '1309'],
    ['as the whole text', ' 1302 ', '1302'],
    ['as a name', 'usage_limit_reached', 'usage_limit_reached'],
  ])('%s', (_where, body, code) => {
    expect(read(body).code).toBe(code);
  });
});

describe('the status is found', () => {
  test.each<readonly [string, number]>([
    ['API Error: Request rejected (429) · [1302][x][y]', 429],
    ['API Error: 529 Overloaded', 529],
    ['exceeded retry limit, last status: 429', 429],
    ['unexpected status 402 Payment Required: no credit, url: https://example.test', 402],
    ['HTTP/1.1 503 Service Unavailable', 503],
    ['<html><head><title>502 Bad Gateway</title></head></html>', 502],
    ['{"error":{"code":402,"message":"requires more credits"}}', 402],
    ['http-504', 504],
  ])('in %s', (body, status) => {
    expect(read(body).status).toBe(status);
  });

  test('and a status that is known wins over one in the text', () => {
    expect(read('HTTP 503', { status: 429 }).status).toBe(429);
  });

  test('but not in sizes, times and versions', () => {
    expect(read('the answer was 502 bytes long after 429 ms in version 5.0.0').status).toBeUndefined();
  });
});

describe('the time of the reset', () => {
  test('is UTC+8 in GLM’s words', () => {
    const message = 'Usage limit reached for 5 hour. Your limit will reset at 2026-11-22 20:00:00';
    expect(read(`{"error":{"code":"1308","message":"${message}"}}`).resetsAt).toBe(Date.UTC(2026, 10, 22, 12));
    expect(read(`API Error: Request rejected (429) · [1308][${message}][abc]`).resetsAt).toBe(
      Date.UTC(2026, 10, 22, 12),
    );
  });

  test('is UTC in the words of vendors that do not say otherwise', () => {
    expect(
      read('{"base_resp":{"status_code":2056,"status_msg":"resets at 2026-11-22 20:00:00"}}', { providerId: 'minimax' })
        .resetsAt,
    ).toBe(Date.UTC(2026, 10, 22, 20));
  });

  test.each<readonly [string, string, number]>([
    [
      'epoch seconds',
      '{"error":{"type":"usage_limit_reached","message":"x","resets_at":1795344000}}',
      1_795_344_000_000,
    ],
    ['a zone of its own', 'usage limit reached, resets at 2026-05-15T15:00:00Z (2056)', Date.UTC(2026, 4, 15, 15)],
    ['epoch seconds after a bar', 'Claude AI usage limit reached|1795344000', 1_795_344_000_000],
    ['no year', 'The quota will reset at 11-25 10:07:00 UTC.', Date.UTC(2026, 10, 25, 10, 7)],
    ['no year, next year', 'The quota will reset at 01-02 10:07:00 UTC.', Date.UTC(2027, 0, 2, 10, 7)],
    ['seconds from now', '{"error":{"message":"x","resets_in_seconds":120}}', NOW + 120_000],
    ['a delay', '{"error":{"message":"x","details":[{"metadata":{"quotaResetDelay":"1h2m3s"}}]}}', NOW + 3_723_000],
  ])('is read from %s', (_what, body, at) => {
    expect(read(body, { now: NOW }).resetsAt).toBe(at);
  });

  test('is unknown where nothing is said, and where the date is none', () => {
    expect(read('{"error":{"code":"1308","message":"Usage limit reached"}}').resetsAt).toBeUndefined();
    expect(read('will reset at 2026-99-99 20:00:00').resetsAt).toBeUndefined();
    expect(read('{"error":{"message":"x","resets_in_seconds":120}}').resetsAt).toBeUndefined();
  });

  test('a pause is read from retryDelay and from words', () => {
    expect(read('{"error":{"code":429,"message":"x","details":[{"retryDelay":"56s"}]}}').retryAfterMs).toBe(56_000);
    expect(read('Please retry in 24.5s.').retryAfterMs).toBe(24_500);
    expect(read('retry-after: 30\n\nrate limited').retryAfterMs).toBe(30_000);
  });
});

describe('what it is', () => {
  test('markup is told from an API’s error', () => {
    const page = read('<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>', { status: 403 });
    expect(page).toMatchObject({ markup: true, code: undefined, message: 'Just a moment...' });
    expect(read('{"error":{"message":"<b>no</b>"}}').markup).toBe(false);
  });

  test('an error inside a stream is told from a whole body', () => {
    expect(read('data: {"error":{"code":"500","message":"x"}}\n\n', { status: 200 })).toMatchObject({
      inStream: true,
      status: 200,
    });
    expect(read('{"error":{"code":"500","message":"x"}}').inStream).toBe(false);
  });

  test('request ids are kept, keys and addresses are not', () => {
    const failure = read(
      '{"error":{"code":"1000","message":"key 0123456789abcdef0123456789abcdef.AbCdEfGhIjKlMnOp of mail@example.test, Bearer sk-abcdefghijklmnop"},"request_id":"20261122aa"}',
    );
    expect(failure.requestId).toBe('20261122aa');
    expect(failure.message).toBe('key [key] of [e-mail], Bearer [key]');
  });

  test('a reason inside details is a hint', () => {
    const body =
      '{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"x","details":[{"reason":"MODEL_CAPACITY_EXHAUSTED"}]}}';
    expect(read(body).hints).toEqual(['model_capacity_exhausted']);
    expect(recognise(read(body, { providerId: 'gemini' }), errorCatalogues)?.code.code).toBe(
      'MODEL_CAPACITY_EXHAUSTED',
    );
  });

  test('the same number means what its vendor says', () => {
    const at = (providerId: string) => recognise(read('1000', { providerId }), errorCatalogues)?.code.title.en;
    expect([at('zai'), at('minimax')]).toEqual(['Authentication failed', 'Unknown error of the provider']);
  });

  test('a number without a vendor is taken by the words beside it', () => {
    const body = '{"base_resp":{"status_code":1002,"status_msg":"rate limit exceeded"}}';
    expect(recognise(read(body), errorCatalogues)?.catalogue.id).toBe('minimax');
    expect(recognise(read('1002'), errorCatalogues)?.catalogue.id).toBe('glm');
  });

  test('plain words are kept whole and known as nothing', () => {
    expect(parts('it does not work')).toEqual([undefined, undefined, undefined, 'it does not work']);
    expect(recognise(read('it does not work'), errorCatalogues)).toBeUndefined();
  });
});

describe('whatever comes', () => {
  const SHAPES = [
    '{"type":"error","error":{"type":"rate_limit_error","code":"1302","message":"[1302][Rate limit][ab12]"}}',
    'data: {"error":{"code":"1305","message":"x","resets_at":1795344000}}\n\n',
    'API Error: Request rejected (429) · [1313][words][ab12] retry in 5s',
  ];

  test('any text and any cut of an error is read without an exception, in bounded size', () => {
    const cut = fc
      .tuple(fc.constantFrom(...SHAPES), fc.nat(120), fc.string())
      .map(([shape, at, junk]) => shape.slice(0, at) + junk);
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 400 }), cut), (body) => {
        const failure = read(body, { now: NOW });
        expect(failure.message.length).toBeLessThanOrEqual(300);
        expect(failure.resetsAt === undefined || Number.isFinite(failure.resetsAt)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['braces', '{'.repeat(60_000)],
    ['brackets', '[1302]['.repeat(9_000)],
    ['data lines', 'data: {"a":1}\n'.repeat(5_000)],
    ['markup', '<a'.repeat(30_000)],
    ['scripts that never end', '<script>'.repeat(8_000)],
    ['reasons', '"reason":"'.repeat(6_000)],
    ['digits', '1'.repeat(64_000)],
    ['blanks', `[1302]${' '.repeat(64_000)}x`],
    ['quotes', '{"'.repeat(30_000)],
    ['words like keys', 'sk-'.repeat(20_000)],
    ['dots', 'a.'.repeat(30_000)],
  ])('64 KB of %s is read in under a second', (_what, body) => {
    expect(cpuMs(() => read(body, { now: NOW }))).toBeLessThan(1_000);
  });
});
