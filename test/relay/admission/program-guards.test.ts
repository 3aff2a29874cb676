import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONTROL } from '../../../src/protocol/control.ts';
import { rawClient } from '../../support/raw-client.ts';
import { startRawUpstream, type RawUpstream } from '../../support/raw-upstream.ts';
import { createClockAhead } from '../../support/clock-ahead.ts';
import { useProgram, type Program } from '../program.ts';
import { chat } from '../traffic.ts';

const HOUR_MS = 3_600_000;

const stage = useProgram();
let relay: Program;
let upstream: RawUpstream;

/** An answer that says how much of the 5-hour window is used and when it resets. */
function answer(used: number, resetsInMs: number): string {
  const body = JSON.stringify({
    id: 'm',
    type: 'message',
    model: 'claude',
    content: [],
    usage: { input_tokens: 1, output_tokens: 1 },
  });
  const reset = Math.floor((Date.now() + resetsInMs) / 1000);
  return `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nanthropic-ratelimit-unified-5h-utilization: ${used}\r\nanthropic-ratelimit-unified-5h-reset: ${reset}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

async function start(first: string): Promise<string> {
  upstream = await startRawUpstream([first, answer(0.95, 3_600_000)]);
  stage.onEnd(() => upstream.close());
  relay = await stage.start({ upstreams: { anthropic: upstream.url } });
  await ask('cline');
  const { accounts } = await relay.until(({ accounts: all }) => all[0]?.windows[0]?.usedFraction !== undefined);
  return accounts[0]?.windows[0]?.id ?? '';
}

function ask(agent: string, over: object = {}): Promise<Buffer> {
  const body = JSON.stringify({
    model: 'claude',
    max_tokens: 9,
    messages: [{ role: 'user', content: 'fix it' }],
    ...over,
  });
  return rawClient(
    relay.port,
    `POST /@${agent}/anthropic/v1/messages HTTP/1.1\r\nHost: localhost\r\nx-api-key: sk-ant-scratch-key\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    { timeoutMs: 20_000 },
  );
}

const patch = (body: object) => relay.control(CONTROL.settings, { method: 'PATCH', body });
const requests = () =>
  Buffer.concat(upstream.received())
    .toString()
    .match(/POST \/v1/g)?.length ?? 0;

test('a hard budget answers in the agent’s own shape with the reset, and taking it away lets requests go', async () => {
  const window = await start(answer(0.95, 3_600_000));
  await patch({ guards: { anthropic: { budgets: [{ window, hard: { percent: 90 } }] } } });
  const [cline, openclaw] = await Promise.all([ask('cline'), ask('openclaw', { stream: true })]);
  expect(cline.toString()).toMatch(
    /^HTTP\/1\.1 402 .*X-Planward-Reason: budget.*95% of the 5-hour window is used.*resets at .*\d\d:\d\d/s,
  );
  expect(openclaw.toString()).toMatch(/^HTTP\/1\.1 200 .*event-stream.*95% of the 5-hour window/s);
  expect(requests()).toBe(1);
  const { recent, notices } = await relay.snapshot();
  expect(recent.filter(({ outcome }) => outcome === 'refused')).toHaveLength(2);
  expect(notices.filter(({ code }) => code.startsWith('budget-hard'))).toHaveLength(1);
  await patch({ guards: {} });
  expect((await ask('cline')).toString()).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(requests()).toBe(2);
});

test('pause near the limit holds a request until the window resets, and shows it as held', async () => {
  await start(answer(0.95, 4000));
  await patch({ guards: { anthropic: { pauseAtPercent: 90 } } });
  const held = ask('cline');
  await relay.until(({ agents }) => agents.some(({ agentId, held: count }) => agentId === 'cline' && count === 1));
  expect(requests()).toBe(1);
  expect((await held).toString()).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(requests()).toBe(2);
}, 20_000);

test('a held request goes at once when the guard is taken away', async () => {
  await start(answer(0.95, 50_000));
  await patch({ guards: { anthropic: { pauseAtPercent: 90 } } });
  const held = ask('cline');
  await relay.until(({ agents }) => agents.some(({ held: count }) => count === 1));
  await patch({ guards: {} });
  expect((await held).toString()).toMatch(/^HTTP\/1\.1 200 OK/);
});

test('a soft budget posts one notice and holds nothing', async () => {
  const window = await start(answer(0.5, 3_600_000));
  await patch({ guards: { anthropic: { budgets: [{ window, soft: { percent: 90 } }] } } });
  for (let n = 0; n < 3; n++) expect((await ask('cline')).toString()).toMatch(/^HTTP\/1\.1 200 OK/);
  const { notices } = await relay.until(({ notices: all }) => all.some(({ code }) => code.startsWith('budget-soft')));
  expect(notices.filter(({ code }) => code.startsWith('budget-soft'))).toHaveLength(1);
});

test('in peak hours requests are answered with when they end, and close to their end held until then', async () => {
  const clock = createClockAhead(join(stage.folder, 'clock'));
  const peakEnd = nextTuesday() + 10 * HOUR_MS; // 18:00 in UTC+8
  clock.set(peakEnd - 3 * HOUR_MS);
  const arrivals: number[] = [];
  upstream = await startRawUpstream(async (connection) => {
    while ((await connection.request(20_000).catch(() => undefined)) !== undefined) {
      arrivals.push(clock.now());
      await connection.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}');
    }
  });
  stage.onEnd(() => upstream.close());
  relay = await stage.start({ upstreams: { zai: upstream.url }, command: [process.execPath, ...clock.flags] });
  // Of a key that was never seen nothing is known, so it is let through once.
  await patch({ plans: { zai: 'glm-pro' }, pollUsage: { zai: false } });
  await chat(relay.url);
  await relay.until(({ accounts }) => accounts[0]?.peak?.now === true);
  await patch({ guards: { zai: { offPeakOnly: true } } });

  const refused = await chat(relay.url, { headers: { 'user-agent': 'claude-cli/2.1.330 (external, cli)' } });
  expect(refused.headers.get('x-planward-reason')).toBe('peak-hours');
  expect(await refused.text()).toMatch(/in its peak hours until .*lets nothing through in them/);
  expect(arrivals).toHaveLength(1);

  clock.set(peakEnd - 1500);
  const held = await chat(relay.url);
  expect(held.status).toBe(200);
  expect(arrivals).toHaveLength(2);
  expect(arrivals[1]).toBeGreaterThan(peakEnd - 10); // timers and clocks are rounded apart
  await patch({ guards: { zai: {} } });
}, 30_000);

test('a guard that says nothing sensible is refused and changes nothing', async () => {
  relay = await stage.start();
  for (const guard of [{ pauseAtPercent: 0 }, { budgets: [{ window: 'week', hard: {} }] }, { offPeakOnly: 'yes' }]) {
    expect((await patch({ guards: { zai: guard } })).status).toBe(400);
  }
  expect((await relay.control(CONTROL.settings)).json).toMatchObject({ guards: {} });
});

/** Midnight UTC of a Tuesday that is not over. */
function nextTuesday(): number {
  const day = 24 * HOUR_MS;
  const today = Math.floor(Date.now() / day) * day;
  return today + ((9 - new Date(today).getUTCDay()) % 7) * day;
}
