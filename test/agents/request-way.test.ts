import { describe, expect, test } from 'vitest';
import { readRequestWay } from '../../src/agents/request-way.ts';

describe('the way of a request', () => {
  test.each([
    ['curl/8.5.0', { name: 'curl', plain: true }],
    ['python-requests/2.32', { name: 'python-requests', plain: true }],
    ['OpenAI/Python 1.40.0', { name: 'openai-python', plain: false }],
    ['OpenAI/JS 5.1.0', { name: 'openai-node', plain: false }],
  ])('names the bare client %s', (agent, rawClient) => {
    expect(readRequestWay([['User-Agent', agent]], undefined)).toEqual({ rawClient });
  });

  test('names a program that names itself', () => {
    expect(readRequestWay([['user-agent', 'PostmanRuntime/7.4']], undefined).namedClient).toBe('postman');
    expect(readRequestWay([['X-Title', 'SillyTavern']], undefined).namedClient).toBe('sillytavern');
    expect(readRequestWay([['user-agent', 'claude-cli/2.1.4 (external, cli)']], undefined)).toEqual({});
  });

  test('tells a gateway of somebody else from one on this machine', () => {
    expect(readRequestWay([['X-Forwarded-For', '203.0.113.9, 10.0.0.1']], undefined).forwardedBy).toBe(
      'an x-forwarded-for field that names another machine',
    );
    expect(readRequestWay([['X-Forwarded-For', '127.0.0.1']], undefined)).toEqual({});
    expect(readRequestWay([['Via', '1.1 edge.example']], undefined).forwardedBy).toBe('a via field of a proxy');
    expect(readRequestWay([['Via', '1.1 localhost:8080']], undefined)).toEqual({});
    expect(readRequestWay([['Forwarded', 'for="[2001:db8::1]";proto=https']], undefined).forwardedBy).toBeDefined();
    expect(readRequestWay([['User-Agent', 'litellm/1.40']], undefined).forwardedBy).toContain('litellm');
  });

  test('repeats no address', () => {
    const way = readRequestWay([['X-Forwarded-For', '203.0.113.9']], undefined);
    expect(JSON.stringify(way)).not.toContain('203.0.113.9');
  });

  test('names one person whatever the session', () => {
    const of = (user_id: string) => readRequestWay([], { metadata: { user_id } }).person;
    expect(of('user_ab_account_c_session_1')).toBe(of('user_ab_account_c_session_2'));
    expect(of('user_ab_account_c_session_1')).not.toBe(of('user_zz_account_c_session_1'));
    const json = (session_id: string) => of(JSON.stringify({ device_id: 'd', account_uuid: 'a', session_id }));
    expect(json('1')).toBe('d a');
    expect(json('2')).toBe('d a');
    expect(readRequestWay([], { user: 'anna' }).person).toBe('anna');
    expect(readRequestWay([], { user: 7, metadata: null })).toEqual({});
  });

  test('names the kind of machine an SDK tells', () => {
    const headers = [
      ['X-Stainless-OS', 'MacOS'],
      ['X-Stainless-Arch', 'arm64'],
    ] as const;
    expect(readRequestWay(headers, undefined).machine).toBe('MacOS arm64');
    expect(readRequestWay([['X-Stainless-OS', 'Unknown']], undefined)).toEqual({});
  });
});
