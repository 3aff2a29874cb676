import { expect, test } from 'vitest';
import { minimaxCn } from '../../src/providers/minimax-cn.ts';
import { minimax } from '../../src/providers/minimax.ts';
import { upstreamTable, usageUpstream } from '../../src/relay/upstreams.ts';

test('a usage endpoint is asked at the place that is known to answer, in its own region', () => {
  const table = upstreamTable([minimax, minimaxCn], {});
  expect(usageUpstream(table.get('minimax')!)).toMatchObject({
    origin: 'https://www.minimax.io',
    host: 'www.minimax.io',
  });
  expect(usageUpstream(table.get('minimax-cn')!).origin).toBe('https://api.minimaxi.com');
});

test('a provider that the user re-pointed is asked there, and nowhere else', () => {
  const table = upstreamTable([minimax], { minimax: 'http://127.0.0.1:9100/gateway' });
  expect(usageUpstream(table.get('minimax')!)).toMatchObject({ origin: 'http://127.0.0.1:9100', basePath: '/gateway' });
});
