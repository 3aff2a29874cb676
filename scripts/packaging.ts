import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CACHE, ROOT, vsixPath } from './places.ts';
import { runCommand, type CommandRun } from './run-command.ts';
import { squeezeZip } from './squeeze-zip.ts';

/** Everything that is in the .vsix, and nothing else. */
const SHIPPED = [
  'package.json',
  'package.nls*.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'dist/*.cjs',
  'dist/scope-model.bin',
  'dist/third-party-licences.txt',
  'dist/dashboard.{js,css}',
  'media/**',
  'l10n/**',
  'schemas/**',
];

/** Bundles extension, relay, command line and dashboard into `dist/`. */
export function buildPrograms(): Promise<CommandRun> {
  return runCommand(process.execPath, ['esbuild.mjs', '--minify'], { cwd: ROOT, timeoutMs: 60_000 });
}

/**
 * Makes the .vsix from what `dist/` holds. vsce works in a folder that holds only what is shipped: in the clone it would walk
 * all of `.cache` first. Standard input is closed, so it asks nothing; the fixed date makes equal sources give equal bytes.
 */
export async function packageExtension(): Promise<CommandRun> {
  const folder = join(CACHE, 'vsix');
  rmSync(folder, { recursive: true, force: true });
  for (const file of globSync(SHIPPED, { cwd: ROOT, withFileTypes: false })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    if (file.endsWith('.json')) writeFileSync(join(folder, file), compact(join(ROOT, file)));
    else cpSync(join(ROOT, file), join(folder, file), { recursive: true });
  }

  const args = [
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '-o',
    vsixPath(),
  ];
  const run = await runCommand('vsce', args, {
    cwd: folder,
    env: { SOURCE_DATE_EPOCH: '1767225600' },
    timeoutMs: 120_000,
  });
  if (run.code === 0) squeezeZip(vsixPath());
  return run;
}

/** JSON without the blanks that are for people. */
function compact(path: string): string {
  return JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
}
