import { expect, test } from 'vitest';
import { burnOf } from '../../src/core/burn.ts';
import type { Exchange } from '../../src/core/exchange.ts';
import { anExchange, T0 } from '../ledger/exchanges.ts';

const error = { code: '1302', type: undefined, message: 'slow down', inStream: true };

const cases: readonly (readonly [sentence: string, change: Partial<Exchange>, requests: number])[] = [
  ['a completed chat draws on the allowance', {}, 1],
  [
    'known usage counts whatever else happened',
    { operation: 'other', outcome: 'aborted', status: undefined, error },
    1,
  ],
  ['a request that Planward refused draws nothing', { usage: undefined, outcome: 'refused' }, 0],
  ['a token count draws nothing', { usage: undefined, operation: 'count-tokens' }, 0],
  ['an error inside the stream without usage draws nothing', { usage: undefined, error }, 0],
  ['an upstream that never answered draws nothing', { usage: undefined, status: undefined }, 0],
  ['a rate-limit answer draws nothing', { usage: undefined, status: 429 }, 0],
  ['an answer whose figures are missing draws one request', { usage: undefined }, 1],
];
test.each(cases)('%s', (_, change, requests) => {
  expect(burnOf(anExchange(1, change)).requests).toBe(requests);
});

test('belongs to the minute it began in', () => {
  expect(burnOf(anExchange(59)).minuteAt).toBe(T0);
  expect(burnOf(anExchange(60)).minuteAt).toBe(T0 + 60_000);
});

test('names the served model, else the requested one, else unknown', () => {
  expect(burnOf(anExchange(1)).model).toBe('glm-5.1');
  expect(burnOf(anExchange(1, { modelServed: undefined })).model).toBe('glm-5');
  expect(burnOf(anExchange(1, { modelServed: undefined, modelRequested: undefined })).model).toBe('unknown');
});
