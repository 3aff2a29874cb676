import { chmodSync, copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { HookProgram } from '../../core/hook.ts';
import { askModule } from './ask-source.ts';
import { HOOK_PROGRAM, OWN_VERSION, standing } from './program-version.ts';

/** Where the programs of this installation lie: `hook.cjs`, `hook-alone.cjs`, `hook-packs.cjs` and `scope-model.bin`. */
export interface HookSource {
  readonly dist: string;
  /** Node, or VS Code's own Electron run as Node. */
  readonly runtime: string;
}

/** What agents of a home run. Pure: nothing is written. */
export function hookProgram(home: string, providerId: string | undefined): HookProgram {
  const folder = join(home, 'hooks');
  const launcher = join(folder, 'planward-hook');
  const options = providerId === undefined ? '' : ` --provider ${providerId}`;
  return {
    launcher,
    folder,
    providerId,
    askUrl: pathToFileURL(join(folder, 'ask.mjs')).href,
    shellLine: (name) => `${quoted(launcher)} ${name}${options} 2>/dev/null || true`,
  };
}

/**
 * Copies the program into the home, where it stays when an extension folder goes, and writes the launcher: it falls back to
 * the `node` on PATH, and lets every prompt through where there is none. A newer one that lies there stays. Throws where the
 * home cannot be written.
 */
export function installHookProgram(home: string, { dist, runtime }: HookSource, version = OWN_VERSION): void {
  if (standing(home, HOOK_PROGRAM, version) === 'newer') return;
  const { folder, launcher } = hookProgram(home, undefined);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of ['hook.cjs', 'hook-alone.cjs', 'hook-packs.cjs', 'scope-model.bin']) {
    const draft = join(folder, `${name}.${process.pid}.tmp`);
    copyFileSync(join(dist, name), draft);
    renameSync(draft, join(folder, name));
  }
  writeWhole(launcher, launcherText(home, folder, runtime), 0o700);
  writeWhole(join(folder, 'ask.mjs'), askModule(launcher), 0o600);
  writeWhole(join(folder, HOOK_PROGRAM.versionFile), `${version}\n`, 0o600);
}

/** Files of ours that an agent loads from the home. Throws where they cannot be written. */
export function writeOwnFiles(home: string, files: Readonly<Record<string, string>>): void {
  const { folder } = hookProgram(home, undefined);
  for (const [name, text] of Object.entries(files)) writeWhole(join(folder, name), text, 0o600);
}

function launcherText(home: string, folder: string, runtime: string): string {
  return `#!/bin/sh
# Planward: what agents' own hooks run. Whatever is missing lets the prompt through.
program=${quoted(join(folder, 'hook.cjs'))}
[ -f "$program" ] || exit 0
for node in ${quoted(runtime)} node; do
  command -v "$node" >/dev/null 2>&1 && ELECTRON_RUN_AS_NODE=1 exec "$node" "$program" "$@" --home ${quoted(home)}
done
exit 0
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function writeWhole(path: string, text: string, mode: number): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (textOf(path) === text) return chmodSync(path, mode);
  const draft = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text, { mode });
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
