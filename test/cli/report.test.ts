import { spawn } from 'node:child_process';
import { beforeEach, describe, expect, test } from 'vitest';
import { reportSchema } from '../../src/protocol/report.ts';
import { useProgram, type Program } from '../relay/program.ts';
import { rawClient } from '../support/raw-client.ts';
import { startRawUpstream } from '../support/raw-upstream.ts';

const stage = useProgram(true);
let relay: Program;

function planward(args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  const env = { PATH: process.env['PATH'], HOME: stage.folder, PLANWARD_HOME: stage.home, LANG: 'C' };
  const child = spawn(process.execPath, [stage.cliFile, 'report', ...args], { env, timeout: 20_000 });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}

const refusal = (code: string, id: string) => {
  const body = JSON.stringify({ error: { code, message: '=1+1 | no' } });
  return `HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nx-log-id: ${id}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
};

async function ask(): Promise<void> {
  const body = JSON.stringify({ model: 'glm-5.3', messages: [{ role: 'user', content: 'a secret plan' }] });
  await rawClient(
    relay.port,
    `POST /@cline/zai/api/coding/paas/v4/chat/completions HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Cline/3.2.1\r\nAuthorization: Bearer key.secret\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    { timeoutMs: 20_000 },
  );
}

describe('with two refusals in the ledger', () => {
  beforeEach(async () => {
    const upstream = await startRawUpstream([refusal('1302', 'log-id-1302'), refusal('1313', 'log-id-1313')]);
    stage.onEnd(() => upstream.close());
    relay = await stage.start({ upstreams: { zai: upstream.url } });
    await ask();
    await ask();
    await relay.until(({ exchanges, inFlight }) => exchanges === 2 && inFlight === 0);
  });

  test('a report says what was refused, in Markdown, JSON and CSV', async () => {
    const [md, json, csv] = await Promise.all([
      planward([]),
      planward(['--format', 'json']),
      planward(['--format', 'csv']),
    ]);
    for (const { code, err } of [md, json, csv]) expect([code, err]).toEqual([0, '']);
    expect(md.out).toMatch(/\| Cline \| 2 \| 2 \|/);
    expect(md.out).toContain('1313');
    expect(md.out).not.toMatch(/secret|undefined|NaN/);
    const said: unknown = JSON.parse(json.out);
    expect(reportSchema.parse(said)).toEqual(said);
    expect(said).toMatchObject({ schema: 'planward.report.v1', failureCount: 2 });
    expect(csv.out).toMatch(/^day,provider,[^]*,zai,[^]*,cline,glm-5\.3,failed,2,0,0\r\n$/);
  });

  test('an appeal is a page with the ids of the refused requests and no prompt', async () => {
    const { code, out } = await planward(['--appeal', '--provider', 'zai']);
    expect(code).toBe(0);
    expect(out).toMatch(/`log-id-1302`[^]*`log-id-1313`/);
    expect(out).toContain('Where to appeal');
    expect(out).not.toMatch(/secret|key\.secret/);
    expect((await planward(['--appeal', '--lang', 'zh'])).out).toContain('申诉渠道');
    expect((await planward(['--appeal', '--format', 'csv'])).out).toContain(`'=1+1 | no`);
    expect(JSON.parse((await planward(['--appeal', '--format', 'json'])).out)).toMatchObject({
      schema: 'planward.report.v1',
      appeal: { providers: ['zai'] },
    });
  });

  test('another provider’s report is empty, and an appeal of it says that there is nothing', async () => {
    expect((await planward(['--provider', 'kimi'])).out).toContain('No request in this span.');
    expect(await planward(['--provider', 'kimi', '--appeal'])).toMatchObject({ code: 1, out: '' });
    expect(await planward(['--account', 'nobody'])).toMatchObject({ code: 2, out: '' });
  });
});

test.each([
  [['--format', 'pdf']],
  [['--since', 'soon']],
  [['--provider', 'nobody']],
  [['--lang', 'fr']],
  [['--nonsense']],
])('%j is bad usage', async (args) => {
  const { code, out, err } = await planward(args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/planward report: .+\n/);
});

test('without a relay it says what to do', async () => {
  expect(await planward([])).toMatchObject({ code: 1, out: '', err: expect.stringContaining('planward relay') });
});
