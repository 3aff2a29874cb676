import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HOVER_COMMANDS } from '../../src/extension/present/hover-actions.ts';
import { COMMANDS } from '../../src/extension/registry/commands.ts';
import { CONTAINER, VIEWS } from '../../src/extension/registry/views.ts';
import { SETTINGS } from '../../src/extension/registry/settings.ts';
import { readStrings, ROOT } from './strings.ts';

test('the generated files are what the registry says', () => {
  expect(() =>
    execFileSync(process.execPath, ['scripts/generate.ts', '--check'], { cwd: ROOT, stdio: 'pipe' }),
  ).not.toThrow();
});

test('no name is given twice', () => {
  const names = [...COMMANDS.map(({ id }) => id), ...SETTINGS.map(({ key }) => key), ...VIEWS.map(({ id }) => id)];
  expect(new Set(names).size).toBe(names.length);
});

test('settings that steer the relay cannot be changed by a workspace', () => {
  const open = SETTINGS.filter(
    ({ section, scope }) => !['meter', 'alerts', 'prompts'].includes(section) && scope !== 'machine',
  );
  expect(open.map(({ key }) => key)).toEqual([]);
});

test('commands that texts link to exist, and so do icons', () => {
  const ids: readonly string[] = COMMANDS.map(({ id }) => id);
  const linked = VIEWS.flatMap(({ welcome }) =>
    welcome.flatMap(({ text }) => [...text.matchAll(/\(command:(planward\.\w+)[?)]/g)]),
  );
  expect(linked.length).toBeGreaterThan(0);
  expect([...linked.map(([, id]) => id!), ...HOVER_COMMANDS].filter((id) => !ids.includes(id))).toEqual([]);
  expect(
    [CONTAINER.icon, ...VIEWS.map(({ icon }) => icon), 'media/icon.png'].filter(
      (path) => !existsSync(join(ROOT, path)),
    ),
  ).toEqual([]);
});

test('the manifest asks for nothing it does not need', () => {
  const manifest = readStrings('package.json') as Record<string, unknown>;
  expect(manifest['extensionKind']).toEqual(['workspace']);
  expect(manifest['activationEvents']).toEqual(['onStartupFinished']);
  expect(manifest['dependencies']).toBeUndefined();
});
