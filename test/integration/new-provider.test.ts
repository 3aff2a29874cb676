import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterEach, expect, test } from 'vitest';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { startMockVendors } from '../support/mock-vendors.ts';
import { startRelayProcess } from '../support/relay-process.ts';

const ROOT = join(import.meta.dirname, '../..');
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** A vendor nobody knows, in one file: OpenAI chat, a limit header of its own, a plan. */
const ACME = `
import type { Provider } from '../core/provider.ts';
import { header } from '../core/provider.ts';
import { readCredential } from './credential.ts';
import { readErrorBody } from './error-envelope.ts';
import { rateLimitOf } from './rate-limit-of.ts';
import { matchRoute, openaiChatRoutes } from './routes.ts';
import { FIVE_HOURS } from './spans.ts';
import { asNumber } from './tolerant-json.ts';

const source = { url: 'https://acme.test/plans', readOn: '2026-11-22' };

export const acme: Provider = {
  id: 'acme',
  name: 'Acme',
  shortName: 'Acme',
  upstream: 'https://api.acme.test',
  plans: [{
    id: 'acme-one', name: 'Acme One', shortName: 'Acme', tiers: ['one'], creditRates: [], peak: undefined, prompts: undefined,
    priceUsdMicros: 1_000_000,
    windows: [{ id: 'five-hour', unit: 'requests', kind: 'rolling', windowMs: FIVE_HOURS, limit: 40, source }],
  }],
  route: (method, path) => matchRoute(openaiChatRoutes, method, path),
  credential: (headers) => readCredential(headers),
  readLimits(_status, headers, now) {
    const used = asNumber(header(headers, 'x-acme-used'));
    const said = { policy: 'acme', unit: 'requests', windowMs: FIVE_HOURS, seenAt: now, source: 'header' } as const;
    return used === undefined ? [] : [rateLimitOf({ ...said, used, limit: 40, resetsAt: now + FIVE_HOURS / 2 })];
  },
  readError: readErrorBody,
  poll: undefined,
};
`;

/** The relay built from a copy of the sources, with one file added and the provider put in the list. */
async function buildWithAcme(folder: string): Promise<string> {
  cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  writeFileSync(join(folder, 'src/providers/acme.ts'), ACME);
  const list = join(folder, 'src/providers/list.ts');
  const before = readFileSync(list, 'utf8');
  const after = before
    .replace('export const providers: readonly Provider[] = [', '$&\n  acme,')
    .replace(/^import type/, "import { acme } from './acme.ts';\nimport type");
  expect(after.length - before.length).toBe("\n  acme,import { acme } from './acme.ts';\n".length);
  writeFileSync(list, after);
  const outfile = join(folder, 'relay.cjs');
  await build({
    absWorkingDir: folder,
    entryPoints: ['src/relay/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    logLevel: 'error',
    define: { PLANWARD_VERSION: '"1.2.3"' },
  });
  return outfile;
}

test('a provider of one new file, put in the list, is relayed, counted, metered, forecast and attributed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'planward-acme-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const file = await buildWithAcme(folder);
  const vendors = await startMockVendors({
    acme: () => ({
      headers: { 'x-acme-used': '30' },
      body: {
        model: 'acme-large',
        choices: [{ finish_reason: 'stop', message: { content: 'Done.' } }],
        usage: { prompt_tokens: 100, completion_tokens: 10 },
      },
    }),
  });
  ends.push(() => vendors.close());
  const relay = await startRelayProcess({ home: join(folder, 'home'), file, upstreams: { acme: vendors.url('acme') } });
  ends.push(() => relay.stop());

  const response = await fetch(`${relay.url}/@cline/acme/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer acme-key', connection: 'close' },
    body: JSON.stringify({ model: 'acme-large', messages: [{ role: 'user', content: 'Add a test.' }] }),
  });
  expect(response.status).toBe(200);
  await response.text();
  expect(vendors.requests.map(({ path }) => path)).toEqual(['/v1/chat/completions']);

  const [account] = (await counted(relay.snapshot)).accounts;
  expect(account).toMatchObject({ providerId: 'acme', planId: 'acme-one', poll: { state: 'off' } });
  const [fiveHour] = account!.windows;
  expect(fiveHour).toMatchObject({ id: 'five-hour', used: 30, limit: 40, level: 'watch', ledgerUsed: 1 });
  expect(fiveHour!.forecast?.pace).toBeCloseTo(0.25, 2);
  expect(fiveHour!.attribution).toMatchObject({ of: 'used', byAgent: [{ id: 'cline' }] });
  expect(fiveHour!.attribution!.elsewhere).toBeCloseTo(29 / 30);
}, 60_000);

async function counted(snapshot: () => Promise<Snapshot>): Promise<Snapshot> {
  for (let tries = 0; ; tries++) {
    const now = await snapshot();
    if (now.exchanges === 1 || tries > 100) return now;
    await pause(50);
  }
}
