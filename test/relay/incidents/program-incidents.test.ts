import { describe, expect, test } from 'vitest';
import { rawClient } from '../../support/raw-client.ts';
import { startRawUpstream, type RawResponse } from '../../support/raw-upstream.ts';
import { useProgram, type Program } from '../program.ts';

const stage = useProgram();

async function start(script: Parameters<typeof startRawUpstream>[0] | readonly RawResponse[]): Promise<Program> {
  const upstream = await startRawUpstream(script);
  stage.onEnd(() => upstream.close());
  return stage.start({ upstreams: { zai: upstream.url } });
}

const json = (status: string, body: object) => {
  const text = JSON.stringify(body);
  return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};
const refusal = (code: string, message: string) => json('429 Too Many Requests', { error: { code, message } });
const DONE = json('200 OK', { id: '1', model: 'glm-5.3', choices: [{ finish_reason: 'stop', message: {} }] });

function ask(relay: Program, agent: string, text: string): Promise<Buffer> {
  const body = JSON.stringify({ model: 'glm-5.3', messages: [{ role: 'user', content: text }] });
  return rawClient(
    relay.port,
    `POST /@${agent}/zai/api/coding/paas/v4/chat/completions HTTP/1.1\r\nHost: localhost\r\nUser-Agent: claude-cli/2.1.330 (external, cli)\r\nAuthorization: Bearer key.secret\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    { timeoutMs: 10_000 },
  );
}

describe('a refusal that an agent meets', () => {
  test('is one incident with its retries, explained from what was under way, and recovers', async () => {
    let inFlight = 0;
    const relay = await start(async (connection) => {
      for (;;) {
        if ((await connection.request(20_000).catch(() => undefined)) === undefined) return;
        inFlight += 1;
        if (inFlight > 1) {
          inFlight -= 1;
          await connection.write(refusal('1302', 'Rate limit reached for requests'));
          continue;
        }
        await new Promise((wake) => setTimeout(wake, 400));
        inFlight -= 1;
        await connection.write(DONE);
      }
    });
    const long = ask(relay, 'claude-code', 'fix the failing test');
    await new Promise((wake) => setTimeout(wake, 60));
    await ask(relay, 'claude-code', 'a title');
    await ask(relay, 'claude-code', 'a title');
    await long;
    await ask(relay, 'claude-code', 'a title');
    const { incidents } = await relay.until(({ incidents: seen }) => seen[0]?.recoveredAt !== undefined);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]).toMatchObject({ attempts: 2, turns: 1, agentId: 'claude-code', model: 'glm-5.3' });
    expect(incidents[0]!.products).toEqual(['claude-cli/2.1.330']);
    expect(incidents[0]!.explanation).toMatchObject({ code: '1302', class: 'account-rate' });
    expect(incidents[0]!.explanation.causes[0]!.cause).toBe('too-many-at-once');
    expect(incidents[0]!.explanation.headline.en).toContain('1302');
    expect(incidents[0]!.explanation.headline.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(incidents[0]!.timeline.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'passed']);
  });

  test('of another turn of the same length is told from a retry', async () => {
    const relay = await start(Array.from({ length: 3 }, () => refusal('1302', 'Rate limit reached for requests')));
    for (const text of ['fix test one', 'fix test two', 'fix test one']) await ask(relay, 'cline', text);
    const { incidents } = await relay.until(({ incidents: seen }) => (seen[0]?.attempts ?? 0) >= 3);
    expect(incidents.map(({ attempts, turns }) => [attempts, turns])).toEqual([[3, 2]]);
    expect(new Set(incidents[0]!.timeline.map(({ turnKey }) => turnKey)).size).toBe(2);
  });

  test('of a used-up window says when it is free again, in the time the message names', async () => {
    const relay = await start([
      refusal('1308', 'Usage limit reached for 5 hour. Your limit will reset at 2030-01-01 08:00:00'),
    ]);
    await ask(relay, 'cline', 'fix it');
    const { incidents } = await relay.until(({ incidents: seen }) => seen.length > 0);
    expect(incidents[0]!.explanation).toMatchObject({
      code: '1308',
      class: 'window-exhausted',
      retryAt: Date.UTC(2030, 0, 1),
    });
  });

  test('for who asks is told from load: a sentence the provider was seen to refuse is named', async () => {
    const relay = await start([refusal('1305', 'The service may be temporarily overloaded')]);
    for (let i = 0; i < 4; i++) await ask(relay, 'openclaw', 'You are a personal assistant running inside OpenClaw.');
    const { incidents } = await relay.until(({ incidents: seen }) => (seen[0]?.attempts ?? 0) >= 4);
    expect(incidents[0]!.explanation.causes[0]!.cause).toBe('client-identity');
  });
});
