import { copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OWN_VERSION, standing, STATUSLINE_PROGRAM } from '../hooks/program-version.ts';

/** What stands in an agent's file: the launcher, the agent's id, and the user's own command where there was one. */
export function statuslineCommand(home: string, agentId: string, theirs: string | undefined): string {
  const own = `${quoted(join(home, 'hooks', 'planward-statusline'))} ${agentId}`;
  return theirs === undefined ? own : `${own} --after ${quoted(theirs)}`;
}

/** True for a command that runs ours, of this home or another. */
export function isOurs(command: string): boolean {
  return /[/\\]hooks[/\\]planward-statusline'?(?: |$)/.test(command);
}

/** The user's own command in one of ours; undefined where there is none. */
export function theirsIn(command: string): string | undefined {
  const after = /[/\\]planward-statusline' \S+ --after '([^]*)'$/.exec(command)?.[1];
  return after?.replaceAll("'\\''", "'");
}

/**
 * Copies the program into the home, where it stays when an extension folder goes, and writes the launcher: it falls back to
 * the `node` on PATH, and to the user's own command where there is none. A newer one that lies there stays. Throws where the
 * home cannot be written.
 */
export function installStatuslineProgram(
  home: string,
  source: { readonly dist: string; readonly runtime: string },
  version = OWN_VERSION,
): void {
  if (standing(home, STATUSLINE_PROGRAM, version) === 'newer') return;
  const folder = join(home, 'hooks');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `statusline.cjs.${process.pid}.tmp`);
  copyFileSync(join(source.dist, 'statusline.cjs'), draft);
  renameSync(draft, join(folder, 'statusline.cjs'));
  const launcher = join(folder, 'planward-statusline');
  writeFileSync(`${launcher}.${process.pid}.tmp`, launcherText(home, folder, source.runtime), { mode: 0o700 });
  renameSync(`${launcher}.${process.pid}.tmp`, launcher);
  const versionFile = join(folder, STATUSLINE_PROGRAM.versionFile);
  writeFileSync(`${versionFile}.${process.pid}.tmp`, `${version}\n`, { mode: 0o600 });
  renameSync(`${versionFile}.${process.pid}.tmp`, versionFile);
}

function launcherText(home: string, folder: string, runtime: string): string {
  return `#!/bin/sh
# Planward: what an agent's status line runs. Where ours is missing, the user's own command goes on.
program=${quoted(join(folder, 'statusline.cjs'))}
if [ -f "$program" ]; then
  for node in ${quoted(runtime)} node; do
    command -v "$node" >/dev/null 2>&1 && ELECTRON_RUN_AS_NODE=1 exec "$node" "$program" "$@" --home ${quoted(home)}
  done
fi
[ "$2" = "--after" ] && exec sh -c "$3"
exit 0
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
