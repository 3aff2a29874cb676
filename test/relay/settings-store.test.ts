import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Notice } from '../../src/core/snapshot.ts';
import { relaySettingsSchema } from '../../src/protocol/relay-settings.ts';
import { openSettings } from '../../src/relay/settings-store.ts';
import { noModes, useScratchHome } from './scratch-home.ts';

const scratch = useScratchHome();
const AT = Date.UTC(2026, 8, 7, 12);
const DEFAULTS = relaySettingsSchema.parse({});
let notices: Notice[];

beforeEach(() => {
  notices = [];
});

function open(home = scratch.home) {
  return openSettings({
    path: join(home, 'settings.json'),
    now: () => AT,
    onNotice: (notice) => notices.push(notice),
  });
}

function inFile(): unknown {
  return JSON.parse(readFileSync(join(scratch.home, 'settings.json'), 'utf8'));
}

test('without a file the defaults hold and nothing is written', () => {
  expect(open().current()).toEqual(DEFAULTS);
  expect(readdirSync(scratch.home)).toEqual([]);
  expect(notices).toEqual([]);
});

test('a patch replaces the keys it names, is kept on disk, and leaves the others alone', () => {
  const store = open();
  store.patch({ plans: { zai: 'glm-pro' }, retentionDays: 30 });
  const patched = store.patch({ routedAgents: ['cline'], plans: { bigmodel: 'lite' } });
  const expected = { ...DEFAULTS, plans: { bigmodel: 'lite' }, retentionDays: 30, routedAgents: ['cline'] };
  expect(patched).toEqual({ ok: true, settings: expected });
  expect(open().current()).toEqual(expected);
});

test.skipIf(noModes)('only its owner can read the file', () => {
  open().patch({ retentionDays: 30 });
  expect(statSync(join(scratch.home, 'settings.json')).mode & 0o777).toBe(0o600);
});

test('a patch with one bad key changes nothing and names it', () => {
  const store = open();
  const patched = store.patch({ retentionDays: 30, upstreams: { zai: 'ftp://example.com' } });
  expect(patched).toMatchObject({ ok: false, reason: 'invalid', message: expect.stringContaining('upstreams.zai') });
  expect(store.current()).toEqual(DEFAULTS);
  expect(store.patch('nonsense')).toMatchObject({ ok: false, reason: 'invalid' });
});

test('a file that is no JSON gives the defaults, a copy of it and one notice', () => {
  writeFileSync(join(scratch.home, 'settings.json'), '{"retentionDays": 30');
  expect(open().current()).toEqual(DEFAULTS);
  expect(notices.map((notice) => notice.code)).toEqual(['settings-corrupt']);
  const aside = join(scratch.home, 'settings.json.corrupt-20260907T120000Z');
  expect(readFileSync(aside, 'utf8')).toBe('{"retentionDays": 30');
  expect(notices[0]?.text).toContain(aside);
});

test('one bad key costs only itself', () => {
  writeFileSync(join(scratch.home, 'settings.json'), JSON.stringify({ retentionDays: -1, routedAgents: ['cline'] }));
  expect(open().current()).toEqual({ ...DEFAULTS, routedAgents: ['cline'] });
  expect(notices.map((notice) => notice.code)).toEqual(['settings-invalid']);
  expect(notices[0]?.text).toContain('retentionDays');
});

test('keys of a newer version are written back as they were', () => {
  writeFileSync(join(scratch.home, 'settings.json'), JSON.stringify({ notYetKnown: { slots: 2 }, retentionDays: 30 }));
  open().patch({ retentionDays: 60 });
  expect(inFile()).toEqual({ ...DEFAULTS, notYetKnown: { slots: 2 }, retentionDays: 60 });
  expect(notices).toEqual([]);
});

test('where the home cannot be written a patch holds until the relay ends, and says so', () => {
  const store = open(scratch.blocked);
  const patched = store.patch({ retentionDays: 30 });
  expect(patched).toMatchObject({ ok: false, reason: 'not-kept', message: expect.stringContaining('until the relay') });
  expect(store.current().retentionDays).toBe(30);
});

test('a file that cannot be read is never written over', () => {
  mkdirSync(join(scratch.home, 'settings.json'));
  const store = open();
  expect(notices.map((notice) => notice.code)).toEqual(['settings-unreadable']);
  expect(store.patch({ retentionDays: 30 })).toMatchObject({ ok: false, reason: 'not-kept' });
  expect(readdirSync(scratch.home)).toEqual(['settings.json']);
});
