import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { useProgram } from '../relay/program.ts';
import { startSimulator } from '../support/simulator.ts';

const stage = useProgram(true);

async function planward(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env['PATH'], PLANWARD_HOME: stage.home };
  return await promisify(execFile)(process.execPath, [stage.cliFile, ...args], { env, timeout: 20_000 }).then(
    (said) => ({ code: 0, ...said }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

test('export writes the same exchanges as JSON, CSV and HAR, and figures for Prometheus', async () => {
  const mock = await stage.mock({ plan: 'pro' });
  const relay = await stage.start({ upstreams: { zai: mock.url } });
  const simulator = startSimulator({ relayUrl: relay.url, speed: 20, apiKey: 'sk-very-secret' });
  await relay.until(({ exchanges }) => exchanges >= 3, 20_000);
  await simulator.stop();
  await relay.until(({ inFlight }) => inFlight === 0);

  const json = await planward('export');
  const { schema, exchanges } = JSON.parse(json.stdout) as { schema: string; exchanges: unknown[] };
  expect([json.code, schema]).toEqual([0, 'planward.exchanges.v1']);
  expect(exchanges.length).toBeGreaterThanOrEqual(3);
  const csv = await planward('export', '--format', 'csv');
  expect(csv.stdout.trim().split('\r\n')).toHaveLength(exchanges.length + 1);
  const har = await planward('export', '--format', 'har', '--since', '1h');
  expect((JSON.parse(har.stdout) as { log: { entries: unknown[] } }).log.entries).toHaveLength(exchanges.length);
  expect((await planward('export', '--format', 'prometheus')).stdout).toMatch(/^planward_exchanges \d+$/m);
  expect(json.stdout + csv.stdout + har.stdout).not.toContain('sk-very-secret');
});

test('an unknown format is bad usage, and a relay that is off is said to be', async () => {
  expect(await planward('export', '--format', 'xml')).toMatchObject({ code: 2 });
  const off = await planward('export');
  expect(off.code).toBe(1);
  expect(off.stderr).toContain('planward relay');
});
