import { describe, expect, test } from 'vitest';
import { agents } from '../../src/agents/list.ts';
import { directUrlOf, PROVIDER_ORIGINS, readDirectUrl, readRelayUrl, relayUrl } from '../../src/agents/relay-url.ts';
import { providers } from '../../src/providers/list.ts';

const RELAY = 'http://127.0.0.1:7526';

test('origins are those of the providers', () => {
  const known = new Map(providers.map(({ id, upstream }) => [id, upstream]));
  expect(PROVIDER_ORIGINS.filter(({ providerId, origin }) => known.get(providerId) !== origin)).toEqual([]);
  expect(new Set(PROVIDER_ORIGINS.map(({ providerId }) => providerId)).size).toBe(PROVIDER_ORIGINS.length);
});

test('every direct URL that an agent knows for a provider leads to that provider', () => {
  const wrong = agents.flatMap(({ id, connection }) =>
    Object.entries(connection?.directUrls ?? {})
      .filter(([providerId, url]) => readDirectUrl(url, PROVIDER_ORIGINS)?.providerId !== providerId)
      .map(([providerId, url]) => `${id}: ${providerId} ${url}`),
  );
  expect(wrong).toEqual([]);
});

describe('a direct URL', () => {
  test.each([
    ['https://api.z.ai/api/anthropic', 'zai', '/api/anthropic'],
    ['HTTPS://API.Z.AI:443/api/anthropic/', 'zai', '/api/anthropic/'],
    ['https://api.z.ai', 'zai', ''],
    ['https://api.openai.com/v1/chat/completions?x=1', 'openai', '/v1/chat/completions?x=1'],
  ])('%s belongs to %s, its path kept', (url, providerId, rest) => {
    expect(readDirectUrl(url, PROVIDER_ORIGINS)).toEqual({ providerId, rest });
  });

  test.each([
    'https://api.z.ai.evil.example/api',
    'https://api.z.aix/api',
    'http://api.z.ai/api',
    'https://api.z.ai:8443/api',
    'https://user:secret@api.z.ai/api',
    'api.z.ai/api',
    '',
  ])('%s belongs to nobody', (url) => {
    expect(readDirectUrl(url, PROVIDER_ORIGINS)).toBeUndefined();
  });

  test('of a gateway with a path is known by the whole of it', () => {
    const gateway = [{ providerId: 'zai', origin: 'https://gw.example/zai' }];
    expect(readDirectUrl('https://gw.example/zai/api/anthropic', gateway)?.rest).toBe('/api/anthropic');
    expect(readDirectUrl('https://gw.example/zai2/api', gateway)).toBeUndefined();
  });
});

describe('the relay’s URL', () => {
  test.each(['/api/coding/paas/v4', '', '/v1/', '/a%2Fb?x=y'])('leads back to where it came from, with %j', (rest) => {
    const url = relayUrl(RELAY, 'cline', { providerId: 'zai', rest });
    const read = readRelayUrl(url);
    expect(read).toEqual({ port: 7526, agentId: 'cline', providerId: 'zai', rest });
    expect(directUrlOf(read!, PROVIDER_ORIGINS)).toBe(`https://api.z.ai${rest}`);
  });

  test.each([
    ['http://localhost:7526/zai/api/anthropic', undefined],
    ['http://127.0.0.1:8700/@mine/~s3cret/zai/v1', 'mine'],
  ])('is known in %s', (url, agentId) => {
    expect(readRelayUrl(url)).toMatchObject({ providerId: 'zai', agentId });
  });

  test.each(['http://127.0.0.1:4000/v1', 'http://localhost:11434', 'https://api.z.ai/zai', 'http://10.0.0.1:7526/zai'])(
    'is not seen in %s',
    (url) => {
      expect(readRelayUrl(url)).toBeUndefined();
    },
  );
});
