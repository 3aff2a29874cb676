import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectVersion, ROOT } from '../../scripts/places.ts';
import { installHookProgram } from '../../src/connect/hooks/hook-program.ts';
import type { ActivationCost } from '../support/activation-process.ts';

const SOURCES = [
  'src',
  'scripts',
  'media',
  'l10n',
  'schemas',
  'test',
  'esbuild.mjs',
  'LICENSE',
  'README.md',
  'CHANGELOG.md',
];
const MOST_BYTES = 1024 * 1024;
/** Loaded before `activate()` returns, and in the first moments after it. */
const MOST_START_BYTES = 20_000;
const MOST_WINDOW_BYTES = 450_000;
const scratch = mkdtempSync(join(tmpdir(), 'planward-supply-'));
const clones = [join(scratch, 'one'), join(scratch, 'another', 'deeper')];
const vsix = (clone: string) => join(clone, `planward-${projectVersion()}.vsix`);
/** What the .vsix is made of, as it lies in it. */
const shipped = join(clones[0]!, '.cache', 'vsix');

beforeAll(() => {
  for (const clone of clones) {
    mkdirSync(clone, { recursive: true });
    for (const name of [...SOURCES, ...globSync('package*.json', { cwd: ROOT })]) {
      cpSync(join(ROOT, name), join(clone, name), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'), 'dir');
    const PATH = [join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(
      process.platform === 'win32' ? ';' : ':',
    );
    execFileSync(process.execPath, ['scripts/package.ts'], {
      cwd: clone,
      env: { ...process.env, PATH },
      timeout: 90_000,
    });
  }
}, 200_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('equal sources give an equal .vsix, byte for byte, wherever they lie', () => {
  const [one, another] = clones.map((clone) =>
    createHash('sha256')
      .update(readFileSync(vsix(clone)))
      .digest('hex'),
  );
  expect(one).toBe(another);
});

test('the .vsix is not larger than a megabyte', () => {
  expect(statSync(vsix(clones[0]!)).size).toBeLessThanOrEqual(MOST_BYTES);
});

test('it holds what runs, and no sources, maps, tests or names of this machine', () => {
  const files = globSync('**/*', { cwd: shipped }).filter((path) => statSync(join(shipped, path)).isFile());
  const kinds = new Set(files.map((path) => path.split(sep)[0]!));
  expect([...kinds].filter((kind) => !kind.startsWith('package.')).toSorted()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist',
    'l10n',
    'media',
    'schemas',
  ]);
  expect(files.filter((path) => /\.(?:map|ts|mts)$/.test(path))).toEqual([]);
  for (const path of files) {
    const text = readFileSync(join(shipped, path), 'latin1');
    expect([path, text.includes(scratch), text.includes(ROOT), text.includes('sourceMappingURL=data')]).toEqual([
      path,
      false,
      false,
      false,
    ]);
  }
});

test('every part that a program loads is in it, and every part in it is loaded', () => {
  const dist = join(shipped, 'dist');
  const parts = readdirSync(dist).filter((name) => name.startsWith('part-'));
  const loaded = new Set(
    readdirSync(dist)
      .filter((name) => name.endsWith('.cjs'))
      .flatMap((name) => [...readFileSync(join(dist, name), 'utf8').matchAll(/["'`]\.\/(part-[\w-]+\.cjs)["'`]/g)])
      .map(([, part]) => part!),
  );
  expect(parts.length).toBeGreaterThan(3);
  expect([...loaded].toSorted()).toEqual(parts.toSorted());
});

test('what VS Code waits for at its start is small, and no parser of agents’ files is loaded before there is such a file', () => {
  const home = join(scratch, 'no-relay');
  const program = join(ROOT, 'test', 'support', 'activation-process.ts');
  const line = execFileSync(process.execPath, [program, join(shipped, 'dist'), home], { timeout: 60_000 }).toString();
  const { start, after } = JSON.parse(line) as ActivationCost;
  const names = (files: ActivationCost['start']['files']) => files.map(({ name }) => name).toSorted();
  // Two files that register; zod alone would be 100 KB.
  expect(names(start.files)).toEqual(['extension.cjs', 'part-start.cjs']);
  expect(start.files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(MOST_START_BYTES);
  expect(names(after.files)).toContain('part-window.cjs');
  expect(names(after.files).filter((name) => /^(?:format-|known-|part-rest)/.test(name))).toEqual([]);
  expect(after.files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(MOST_WINDOW_BYTES);
}, 90_000);

test('the programs judge a prompt with the model that lies beside them, in the home too', () => {
  const cli = join(shipped, 'dist', 'cli.cjs');
  const prompt = join(scratch, 'prompt.md');
  writeFileSync(prompt, 'Plan a five day trip to Lisbon for my parents, with hotels near the beach.');
  const home = join(scratch, 'home');
  const says = run(cli, ['check', prompt, '--json']);
  expect(says).toContain('travel');
  installHookProgram(home, { dist: join(shipped, 'dist'), runtime: process.execPath });
  expect(readdirSync(join(home, 'hooks'))).toContain('scope-model.bin');
});

test('every package whose code it holds is listed with its licence and the text of it', () => {
  const text = readFileSync(join(shipped, 'dist', 'third-party-licences.txt'), 'utf8');
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string; license?: string }>;
  };
  const listed = [...text.matchAll(/^- (\S+) (\S+) \((\S+)\)$/gm)];
  expect(listed.length).toBeGreaterThan(10);
  for (const [, name, version, license] of listed) {
    expect(lock.packages[`node_modules/${name}`]).toMatchObject({ version, license });
    expect(text).toContain(`\n${name} ${version}\n`);
  }
  // zod and yaml leave their names in what they throw: both are bundled, so both are listed.
  expect(listed.map(([, name]) => name)).toEqual(expect.arrayContaining(['zod', 'yaml', 'ulid', 'diff']));
});

test('nothing that is bundled or builds it needs an install script', () => {
  expect(readFileSync(join(ROOT, 'scripts', 'bootstrap.mjs'), 'utf8')).toContain('--ignore-scripts');
  const manifest = JSON.parse(readFileSync(join(shipped, 'package.json'), 'utf8')) as {
    dependencies?: object;
    scripts: Record<string, string>;
  };
  expect(manifest.dependencies).toBeUndefined();
  expect(Object.keys(manifest.scripts).filter((name) => /^(?:pre|post)?install$|^prepare$/.test(name))).toEqual([]);
});

function run(script: string, args: readonly string[]): string {
  const env = { PATH: process.env['PATH'], PLANWARD_HOME: join(scratch, 'none'), HOME: scratch };
  try {
    return execFileSync(process.execPath, [script, ...args], { env, encoding: 'utf8', timeout: 20_000 });
  } catch (error) {
    return (error as { stdout: string }).stdout; // 1 says that there was a finding
  }
}
