import { copyFileSync, mkdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { CONTROL, succeededSchema } from '../../src/protocol/control.ts';
import { homePaths } from '../../src/protocol/home.ts';
import { eventually, useProgram } from './program.ts';
import { bodyOf, chat, ZAI_KEY } from './traffic.ts';

const stage = useProgram();

/** A kept connection was ended before an answer began on it. */
class NotBegun extends Error {}

/** As a client does: what no answer began for on a kept connection is sent again. */
async function askAsAgent(url: string, agent: Agent, stream: boolean): Promise<{ status: number; text: string }> {
  for (;;) {
    try {
      return await ask(url, agent, stream);
    } catch (error) {
      if (!(error instanceof NotBegun)) throw error;
    }
  }
}

/** One chat request over `agent`'s connections; resolves with the status and the whole body, rejects on any cut. */
function ask(url: string, agent: Agent, stream: boolean): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    let answering = false;
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${ZAI_KEY}` };
    const asked = request(`${url}/zai/api/anthropic/v1/messages`, { method: 'POST', agent, headers }, (response) => {
      answering = true;
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
    asked.on('error', (error) => {
      // HTTP lets a server end an idle connection at any time; a client sends on a new one what no answer began for.
      reject(asked.reusedSocket && !answering ? new NotBegun() : error);
    });
    asked.end(bodyOf({ stream }));
  });
}

test.skipIf(process.platform === 'win32')(
  'under load the port goes from version to version without one failed request, and the ledger holds them all',
  async () => {
    const mock = await stage.mock();
    const first = await stage.start({ upstreams: { zai: mock.url } });
    mkdirSync(stage.home, { recursive: true });
    copyFileSync(stage.relayFile, `${stage.home}/relay-1.2.4.cjs`);
    const agents = [new Agent(), new Agent({ keepAlive: true }), new Agent(), new Agent({ keepAlive: true })];
    const failures: unknown[] = [];
    const stop = new AbortController();
    let answered = 0;
    const load = agents.map(async (agent, i) => {
      while (!stop.signal.aborted) {
        try {
          const { status, text } = await askAsAgent(first.url, agent, i < 2);
          expect(status).toBe(200);
          expect(text).toMatch(i < 2 ? /message_stop/ : /"usage"/);
          answered += 1;
        } catch (error) {
          failures.push(error);
        }
      }
    });
    await pause(300);
    const pids = [first.child.pid!];
    for (let round = 0; round < 3; round += 1) {
      const { status, json } = await first.control(CONTROL.succeed, { method: 'POST', body: { version: '1.2.4' } });
      expect(status).toBe(200);
      const { pid } = succeededSchema.parse(json);
      stage.onEnd(() => killQuietly(pid));
      expect(first.endpoint().pid).toBe(pid);
      expect(first.endpoint().port).toBe(first.port);
      pids.push(pid);
      await pause(300);
    }
    stop.abort();
    await Promise.all(load);
    for (const agent of agents) agent.destroy();
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(50);
    await eventually(() => expect(first.child.exitCode).toBe(0), 8000);
    expect((await first.snapshot()).relay.pid).toBe(pids.at(-1));
    // Those in between have nobody left to talk to, and end by themselves.
    for (const pid of pids.slice(1, -1)) await eventually(() => expect(() => process.kill(pid, 0)).toThrow(), 8000);
    process.kill(pids.at(-1)!, 'SIGTERM');
    await eventually(() => expect(() => process.kill(pids.at(-1)!, 0)).toThrow());
    const { DatabaseSync } = await import('node:sqlite');
    const db = new DatabaseSync(homePaths(stage.home).ledger, { readOnly: true });
    const count = db.prepare('SELECT COUNT(*) AS n FROM exchange').get();
    db.close();
    expect(count).toEqual({ n: answered });
  },
  60_000,
);

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

test('a version that is not there, or is no version, changes nothing: the relay goes on', async () => {
  const mock = await stage.mock();
  const relay = await stage.start({ upstreams: { zai: mock.url } });
  for (const version of ['9.9.9', '../../etc/passwd', '1.2.3/../../x', '']) {
    const { status, json } = await relay.control(CONTROL.succeed, { method: 'POST', body: { version } });
    expect(status).toBe(409);
    expect(json).toMatchObject({ error: { code: 'not-succeeded' } });
  }
  expect((await chat(relay.url)).status).toBe(200);
  expect((await relay.snapshot()).relay.draining).toBe(false);
});

test.skipIf(process.platform === 'win32')('a program that ends at once does not take the port along', async () => {
  const mock = await stage.mock();
  const relay = await stage.start({ upstreams: { zai: mock.url } });
  const { writeFileSync } = await import('node:fs');
  writeFileSync(`${stage.home}/relay-2.0.0.cjs`, 'process.exit(3);');
  const { status, json } = await relay.control(CONTROL.succeed, { method: 'POST', body: { version: '2.0.0' } });
  expect(status).toBe(409);
  expect(json).toMatchObject({ error: { message: expect.stringContaining('exit code 3') as string } });
  expect((await chat(relay.url)).status).toBe(200);
});
