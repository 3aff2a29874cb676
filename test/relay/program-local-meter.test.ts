import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { useProgram } from './program.ts';

const stage = useProgram();
const FAKE = fileURLToPath(new URL('fake-language-server.mjs', import.meta.url));

test.runIf(process.platform === 'linux')(
  'Antigravity is metered from its own program once the user asks for it, and its requests are not sent on',
  async () => {
    const program = '/opt/antigravity/bin/language_server_linux_x64';
    const fake = spawn(process.execPath, [FAKE, '--csrf_token', 'tok-2'], {
      argv0: program,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(fake, 'exit');
    stage.onEnd(() => {
      fake.kill();
      return ended;
    });
    await once(fake.stdout, 'data');
    const relay = await stage.start({ upstreams: { antigravity: 'http://127.0.0.1:9' } });

    const refused = await fetch(`${relay.url}/antigravity/v1internal:generateContent`, { method: 'POST', body: '{}' });
    expect(refused.status).toBe(404);
    expect(await refused.text()).not.toContain('antigravity');
    expect((await relay.snapshot()).accounts).toEqual([]);

    const body = { pollUsage: { antigravity: true }, accounts: {} };
    await relay.control('/_planward/v1/settings', { method: 'PATCH', body });
    const { accounts } = await relay.until((snapshot) => snapshot.accounts.length > 0, 15_000);
    expect(accounts).toHaveLength(1);
    expect(accounts[0]).toMatchObject({ providerId: 'antigravity', poll: { state: 'ok' }, inFlight: 0 });
    expect(accounts[0]!.lastSeenAt).toBeGreaterThan(0);
    const windows = accounts[0]!.windows.map(({ id, usedFraction, source }) => [id, usedFraction?.toFixed(2), source]);
    expect(windows).toEqual([
      ['five-hour:claude+gpt', '0.80', 'usage-api'],
      ['five-hour:gemini', '0.35', 'usage-api'],
    ]);
  },
  30_000,
);
