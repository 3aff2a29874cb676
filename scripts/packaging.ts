import { ROOT, vsixPath } from './places.ts';
import { runCommand, type CommandRun } from './run-command.ts';

/** Bundles extension, relay, command line and dashboard into `dist/`. */
export function buildPrograms(): Promise<CommandRun> {
  return runCommand(process.execPath, ['esbuild.mjs', '--minify'], { cwd: ROOT, timeoutMs: 60_000 });
}

/**
 * Makes the .vsix from what `dist/` holds. Standard input is closed, so vsce asks nothing.
 * The fixed date makes two runs on the same sources give the same bytes.
 */
export function packageExtension(): Promise<CommandRun> {
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '-o', vsixPath()];
  return runCommand('vsce', args, { cwd: ROOT, env: { SOURCE_DATE_EPOCH: '1767225600' }, timeoutMs: 120_000 });
}
