import { describe, expect, test } from 'vitest';
import { errorCatalogues } from '../../src/providers/errors/list.ts';
import { providers } from '../../src/providers/list.ts';
import { classOfError } from '../../src/relay/error-class.ts';
import { agentProductOf, failureFacts, requestIdOf } from '../../src/relay/failed-request.ts';

const error = (code: string, message = 'no') => ({ code, type: undefined, message, inStream: false });

describe('requestIdOf', () => {
  test.each([
    ['X-Log-Id', '20260907141500abcdef', '20260907141500abcdef'],
    ['request-id', 'req_011CSHoEeqs5C35K2UUqR7Fy', 'req_011CSHoEeqs5C35K2UUqR7Fy'],
    ['x-request-id', 'b4a1c8de-0000-4000-8000-000000000000', 'b4a1c8de-0000-4000-8000-000000000000'],
    ['x-request-id', '<script>alert(1)</script>', undefined],
    ['x-request-id', 'a'.repeat(400), undefined],
    ['date', 'Mon, 07 Sep 2026 12:00:00 GMT', undefined],
  ])('reads %s: %s', (name, value, id) => {
    expect(requestIdOf([[name, value]])).toBe(id);
  });
});

test.each([
  ['claude-cli/2.1.4 (external, cli)', 'claude-cli/2.1.4'],
  ['Kilo-Code/4.99.0', 'Kilo-Code/4.99.0'],
  ['Mozilla (no version)', undefined],
  ['evil/1|2', undefined],
  [`${'a'.repeat(500)}/1`, undefined],
])('the product of %s is %s', (field, product) => {
  expect(agentProductOf([['User-Agent', field]])).toBe(product);
});

describe('failureFacts', () => {
  const failed = { providerId: 'zai', status: 429, outcome: 'completed' } as const;
  test('tells nothing of a request that went through or that Planward answered itself', () => {
    expect(failureFacts({ ...failed, status: 200, error: undefined }, 'id-of-success')).toEqual({});
    expect(failureFacts({ ...failed, status: 402, outcome: 'refused', error: undefined }, undefined)).toEqual({});
  });

  test.each([
    ['1313', '1313'],
    ['1121', '1121'],
    ['1112', '1112'],
    ['3012', '3012'],
    ['1302', undefined],
    ['1308', undefined],
  ])('code %s of Z.AI is the policy event %s', (code, policyCode) => {
    expect(failureFacts({ ...failed, error: error(code) }, 'log-id-1')).toEqual({
      requestId: 'log-id-1',
      ...(policyCode === undefined ? {} : { policyCode }),
    });
  });

  test('a policy stop inside a stream that began well counts too', () => {
    expect(failureFacts({ ...failed, status: 200, error: { ...error('1313'), inStream: true } }, undefined)).toEqual({
      policyCode: '1313',
    });
  });

  test('an id that stands in the words is taken where no field names one', () => {
    const said = error('1302', '[1302][Rate limit reached for requests][20260907141500abcdef]');
    expect(failureFacts({ ...failed, error: said }, undefined)).toEqual({ requestId: '20260907141500abcdef' });
  });
});

test('a code decides the class of an error whatever its words are', () => {
  const zai = providers.find(({ id }) => id === 'zai')!;
  expect(classOfError(zai, 429, error('1313', 'something new'), errorCatalogues)).toEqual({
    class: 'policy-stop',
    code: '1313',
  });
});
