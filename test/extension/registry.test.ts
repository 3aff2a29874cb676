import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HOVER_COMMANDS } from '../../src/extension/present/hover-actions.ts';
import { COMMANDS } from '../../src/extension/registry/commands.ts';
import { CONTAINER, VIEWS } from '../../src/extension/registry/views.ts';
import { SETTINGS } from '../../src/extension/registry/settings.ts';
import { WALKTHROUGH } from '../../src/extension/registry/walkthrough.ts';
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

/** What `when` clauses of our welcome texts are made of: keys, `!`, `==`, `&&`, `||`. */
function holds(when: string, keys: Readonly<Record<string, string | boolean | undefined>>): boolean {
  const term = (text: string): boolean => {
    const [key = '', value] = text.trim().split(/\s*==\s*/);
    if (value !== undefined) return keys[key] === value;
    return key.startsWith('!') ? !keys[key.slice(1)] : Boolean(keys[key]);
  };
  return when.split('||').some((clause) => clause.split('&&').every(term));
}

test('an empty view says one thing, and where the relay runs or is off one next step, in every state', () => {
  for (const { id, welcome } of VIEWS)
    for (const relay of [undefined, 'starting', 'live', 'lost', 'unknown'])
      for (const routed of [false, true]) {
        const said = welcome.filter(({ when }) => holds(when, { 'planward.relay': relay, 'planward.routed': routed }));
        expect([id, relay, routed, said.length]).toEqual([id, relay, routed, 1]);
        const waits = relay === undefined || relay === 'starting' || (relay === 'live' && routed);
        if (!waits) expect(said[0]!.text).toContain('](command:');
      }
});

test('every step of the walkthrough has a picture of its own', () => {
  const pictures = WALKTHROUGH.steps.map(({ picture }) => picture);
  expect(new Set(pictures).size).toBe(pictures.length);
  expect(pictures.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('the manifest asks for nothing it does not need', () => {
  const manifest = readStrings('package.json') as Record<string, unknown>;
  expect(manifest['extensionKind']).toEqual(['workspace']);
  expect(manifest['activationEvents']).toEqual(['onStartupFinished']);
  expect(manifest['dependencies']).toBeUndefined();
});
