import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Endpoint } from '../../src/protocol/endpoint.ts';
import { readEndpoint, removeEndpoint, writeEndpoint } from '../../src/relay/endpoint-file.ts';
import { noModes, useScratchHome } from './scratch-home.ts';

const scratch = useScratchHome();
const endpoint: Endpoint = {
  pid: 4711,
  port: 7526,
  token: 'x'.repeat(43),
  version: '0.1.0',
  protocol: '1.0',
  startedAt: 1_788_000_000_000,
};

test('an endpoint is read back as it was written, and nothing else is left in the folder', () => {
  const path = join(scratch.home, 'endpoint.json');
  expect(writeEndpoint(path, { ...endpoint, pid: 1 })).toEqual({ ok: true });
  expect(writeEndpoint(path, endpoint)).toEqual({ ok: true });
  expect(readEndpoint(path)).toEqual({ ok: true, endpoint });
  expect(readdirSync(scratch.home)).toEqual(['endpoint.json']);
});

test.skipIf(noModes)('only its owner can read the file, whatever the mode of an earlier one was', () => {
  const path = join(scratch.home, 'endpoint.json');
  writeFileSync(path, 'old', { mode: 0o644 });
  writeEndpoint(path, endpoint);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('says whether the file is absent, broken or unreadable', () => {
  const path = join(scratch.home, 'endpoint.json');
  expect(readEndpoint(path)).toMatchObject({ ok: false, reason: 'absent' });
  writeFileSync(path, '{"pid": 4711, ');
  expect(readEndpoint(path)).toMatchObject({ ok: false, reason: 'broken', message: `${path} is not JSON` });
  writeFileSync(path, JSON.stringify({ ...endpoint, port: 0, token: 'short' }));
  expect(readEndpoint(path)).toMatchObject({
    ok: false,
    reason: 'broken',
    message: expect.stringMatching(/port.*token/),
  });
  mkdirSync(join(scratch.home, 'folder'));
  expect(readEndpoint(join(scratch.home, 'folder'))).toMatchObject({ ok: false, reason: 'unreadable' });
});

test('is removed by the relay it names, and by no other', () => {
  const path = join(scratch.home, 'endpoint.json');
  writeEndpoint(path, endpoint);
  expect(removeEndpoint(path, { pid: 4712, token: endpoint.token })).toBe(false);
  expect(removeEndpoint(path, { pid: endpoint.pid, token: 'y'.repeat(43) })).toBe(false);
  expect(readEndpoint(path).ok).toBe(true);
  expect(removeEndpoint(path, endpoint)).toBe(true);
  expect(removeEndpoint(path, endpoint)).toBe(false);
  expect(readdirSync(scratch.home)).toEqual([]);
});

test('where the home cannot be written it says so instead of throwing', () => {
  expect(writeEndpoint(join(scratch.blocked, 'endpoint.json'), endpoint)).toMatchObject({
    ok: false,
    reason: 'unwritable',
  });
});
