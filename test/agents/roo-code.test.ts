import { expect, test } from 'vitest';
import { rooCode } from '../../src/agents/roo-code.ts';

test('the steps by hand hold a file for its Import: one profile with the address, made the current one, and no key', () => {
  const url = 'http://127.0.0.1:7526/@roo-code/zai/api/coding/paas/v4';
  const json = rooCode.connection?.byHand(url).find((line) => line.trim().startsWith('{'));
  expect(JSON.parse(json ?? '')).toEqual({
    providerProfiles: {
      currentApiConfigName: 'Planward',
      apiConfigs: { Planward: { apiProvider: 'openai', openAiBaseUrl: url } },
    },
  });
});
