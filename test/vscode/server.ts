import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startProgram, type Program } from '../../scripts/long-running.ts';
import { runCommand } from '../../scripts/run-command.ts';
import { VSCODE_SERVER } from './install-vscode.ts';

export interface VscodeServer extends Program {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
  /** `127.0.0.1:PORT`, the authority of `vscode-remote:` paths. */
  readonly authority: string;
}

export interface ServerOptions {
  /** Scratch folder of this run; a short path. */
  readonly root: string;
  /** Profile folder; its settings are written beforehand. */
  readonly userData: string;
  readonly extensions: string;
  /** Reaches the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * On for a suite inside the extension host: a built VS Code takes development and test paths from its address only then.
   * Off for end-to-end runs: with it VS Code shows no notification.
   */
  readonly testDriver?: boolean;
  /** Off where the server may wait for its first window as long as it takes. Default: it ends five minutes after the last one. */
  readonly endsUnused?: boolean;
  /** Display language, where not English; its language pack is installed beforehand. */
  readonly locale?: string;
  readonly timeoutMs?: number;
}

/** Starts VS Code's server on a free loopback port. Rejects with its log where it does not come up in time. */
export async function startVscodeServer(options: ServerOptions): Promise<VscodeServer> {
  const temp = join(options.root, 'tmp');
  mkdirSync(temp, { recursive: true });
  const address = ['--host', '127.0.0.1', '--port', '0', '--without-connection-token'];
  const quiet = ['--accept-server-license-terms', '--telemetry-level', 'off', '--disable-workspace-trust'];
  const folders = ['--server-data-dir', options.userData, '--user-data-dir', options.userData];
  const args = [VSCODE_SERVER, ...address, ...quiet, ...folders, '--extensions-dir', options.extensions];
  if (options.endsUnused !== false) args.push('--enable-remote-auto-shutdown', '--reconnection-grace-time', '30');
  if (options.locale !== undefined) args.push('--locale', options.locale);
  if (options.testDriver === true) args.push('--enable-smoke-test-driver');
  const program = await startProgram(process.execPath, args, {
    cwd: options.root,
    env: { ...OUTSIDE_VSCODE, ...OFFLINE, ...foldersIn(temp), ...options.env },
    ready: /Extension host agent listening on (\d+)/,
    timeoutMs: options.timeoutMs ?? 60_000,
  });
  const authority = `127.0.0.1:${program.ready[1]!}`;
  return { ...program, url: `http://${authority}/`, authority };
}

/** Installs a .vsix into an extensions folder; no server needs to run. Throws with VS Code's words where it refuses. */
export async function installExtension(vsix: string, userData: string, extensions: string): Promise<void> {
  const folders = ['--server-data-dir', userData, '--extensions-dir', extensions];
  const args = [VSCODE_SERVER, '--accept-server-license-terms', ...folders, '--install-extension', vsix, '--force'];
  const run = await runCommand(process.execPath, args, { env: OUTSIDE_VSCODE, timeoutMs: 60_000 });
  if (run.code !== 0) throw new Error(`VS Code refused ${vsix}:\n${run.output}`);
}

const FOREIGN = /^(VSCODE_|CODE_SERVER|npm_|NODE_OPTIONS$|NODE_V8_COVERAGE$|PORT$|PASSWORD$|ELECTRON_)/;

/** What a surrounding VS Code terminal or npm leaves would make this server talk to that window instead. */
const OUTSIDE_VSCODE: Readonly<Record<string, undefined>> = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => FOREIGN.test(name))
    .map((name) => [name, undefined]),
);

/** An empty gallery switches the marketplace off. */
const OFFLINE = { EXTENSIONS_GALLERY: '{}' };

/** Keeps sockets and state out of the user's own folders. */
function foldersIn(temp: string): Record<string, string> {
  return { TMPDIR: temp, XDG_RUNTIME_DIR: temp, XDG_CONFIG_HOME: temp, XDG_DATA_HOME: temp };
}
