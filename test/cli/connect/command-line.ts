import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ROOT } from '../../../scripts/places.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A scratch user with a Planward home of his own, and the command line as it is built. */
export interface CommandLine {
  readonly userHome: string;
  readonly home: string;
  put(name: string, content: string): string;
  /** In the user's home, or in `folder`. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>, folder?: string): Promise<Ran>;
}

export function openCommandLine(): CommandLine {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'planward-cli-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));
  const userHome = join(root, 'user');
  const home = join(root, 'planward');
  mkdirSync(userHome);
  return {
    userHome,
    home,
    put(name, content) {
      const path = join(userHome, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return path;
    },
    run: (args, env = {}, folder = userHome) =>
      new Promise((resolve) => {
        const own = { PATH: process.env['PATH'], HOME: userHome, USERPROFILE: userHome, PLANWARD_HOME: home };
        const options = { cwd: folder, env: { ...own, ...env }, timeout: 20_000 };
        execFile(process.execPath, [join(ROOT, 'dist/cli.cjs'), ...args], options, (error, out, err) => {
          resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err });
        });
      }),
  };
}
