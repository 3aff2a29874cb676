import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import { CONTROL } from '../../src/protocol/control.ts';
import { readReport } from '../../src/protocol/report.ts';
import { rawClient } from '../support/raw-client.ts';
import { startRawUpstream, type RawResponse } from '../support/raw-upstream.ts';
import { filesOf, useProgram, type Program } from './program.ts';

const stage = useProgram();
let relay: Program;

const answer = (status: string, body: object, fields = '') => {
  const text = JSON.stringify(body);
  return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\n${fields}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};
const DONE = answer(
  '200 OK',
  {
    id: '1',
    model: 'glm-5.3',
    choices: [{ finish_reason: 'stop', message: {} }],
    usage: { prompt_tokens: 5, completion_tokens: 1, total_tokens: 6 },
  },
  'x-log-id: id-of-a-success\r\n',
);
const refusal = (code: string, id: string) =>
  answer('429 Too Many Requests', { error: { code, message: 'no' } }, `x-log-id: ${id}\r\n`);

async function start(script: readonly RawResponse[]): Promise<void> {
  const upstream = await startRawUpstream(script);
  stage.onEnd(() => upstream.close());
  relay = await stage.start({ upstreams: { zai: upstream.url } });
}

function ask(): Promise<Buffer> {
  const body = JSON.stringify({
    model: 'glm-5.3',
    messages: [{ role: 'user', content: 'Fix the failing test: a secret plan' }],
  });
  return rawClient(
    relay.port,
    `POST /@cline/zai/api/coding/paas/v4/chat/completions HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Cline/3.2.1 (x)\r\nAuthorization: Bearer key.secret\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    { timeoutMs: 20_000 },
  );
}

async function report(since = 0): Promise<Report> {
  const { status, json } = await relay.control(`${CONTROL.report}?since=${since}`);
  expect(status).toBe(200);
  const read = readReport(JSON.stringify(json));
  if (read === undefined) throw new Error(`no report: ${JSON.stringify(json)}`);
  return read;
}

describe('a report', () => {
  test('tells what was refused, with the provider’s ids of refused requests only, and counts a policy stop', async () => {
    await start([DONE, refusal('1302', '20260907-aa'), refusal('1313', '20260907-bb')]);
    for (let n = 0; n < 3; n++) await ask();
    await relay.until(({ exchanges, inFlight }) => exchanges === 3 && inFlight === 0);
    const told = await report();
    expect(told.failures).toMatchObject([
      { code: '1313', policyCode: '1313', requestId: '20260907-bb', agentProduct: 'Cline/3.2.1', agentId: 'cline' },
      { code: '1302', requestId: '20260907-aa', status: 429 },
    ]);
    expect(told.counts.map(({ result, products }) => [result, products])).toEqual(
      expect.arrayContaining([
        ['completed', ['Cline/3.2.1']],
        ['failed', ['Cline/3.2.1']],
      ]),
    );
    expect(told.failures[1]?.policyCode).toBeUndefined();
    expect(told.counts.map(({ result, requests }) => [result, requests])).toEqual([
      ['failed', 2],
      ['completed', 1],
    ]);
    expect(told.accounts).toMatchObject([{ providerName: 'Z.AI', strikes: { confirmed: 1, moreThan: 3 } }]);
    expect((await relay.snapshot()).accounts[0]?.strikes).toMatchObject({ confirmed: 1, lastCode: '1313' });
    expect(await report(Date.now() + 60_000)).toMatchObject({ counts: [], failures: [], failureCount: 0 });

    await relay.stop();
    for (const [name, content] of filesOf(stage.home)) {
      expect(content.includes('a secret plan'), name).toBe(false);
      expect(content.includes('id-of-a-success'), name).toBe(false);
    }
  });

  test('counts policy stops from before a restart', async () => {
    await start([DONE, refusal('1313', 'id-aaaa')]);
    for (let n = 0; n < 2; n++) await ask();
    await relay.until(({ exchanges, inFlight }) => exchanges === 2 && inFlight === 0);
    await relay.stop();
    relay = await stage.start();
    const { accounts } = await relay.until(({ accounts: all }) => all[0]?.strikes?.confirmed === 1);
    expect(accounts[0]?.strikes).toMatchObject({ refusals: 1, ownFlags: 0 });
  });

  test('needs a span, and the token', async () => {
    await start([DONE]);
    expect(await relay.control(CONTROL.report)).toMatchObject({ status: 400, json: { error: { code: 'bad-span' } } });
    expect(await relay.control(`${CONTROL.report}?since=soon`)).toMatchObject({ status: 400 });
    expect((await fetch(`${relay.url}${CONTROL.report}?since=0`)).status).toBe(401);
  });
});
