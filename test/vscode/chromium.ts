import { accessSync, constants } from 'node:fs';
import { join, delimiter } from 'node:path';
import { runCommand } from '../../scripts/run-command.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'msedge'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** A Chromium to drive: `CHROMIUM` if set, else the first of the usual names. Undefined where there is none. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM'];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [
    named,
    ...NAMES.flatMap((name) => [...folders, '/usr/bin'].map((folder) => join(folder, name))),
    ...ELSEWHERE,
  ];
  return candidates.find((path): path is string => path !== undefined && path !== '' && isExecutable(path));
}

/**
 * As `findChromium`, but asks Debian's package manager where there is none and we may (root, or sudo without a password).
 * Throws with what to do where none can be had.
 */
export async function ensureChromium(say: (line: string) => void): Promise<string> {
  const found = findChromium();
  if (found !== undefined) return found;
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  say('Chromium comes from the package manager (apt-get), about 20 s…');
  for (const args of [
    ['apt-get', 'update', '-qq'],
    ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ]) {
    const [command, ...rest] = [...prefix, ...args];
    const run = await runCommand(command!, rest, { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: 300_000 });
    if (run.code !== 0) {
      const last = run.output.trim().split('\n').at(-1) ?? '';
      throw new Error(
        `There is no Chromium, and "${args.join(' ')}" did not bring one (${last}). Install Chromium or Chrome, or set CHROMIUM to its path.`,
      );
    }
  }
  const installed = findChromium();
  if (installed === undefined)
    throw new Error('apt-get brought a chromium package without the program. Set CHROMIUM to its path.');
  return installed;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
