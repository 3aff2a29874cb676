import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { killGroup, runCommand } from '../../scripts/run-command.ts';
import { VSCODE_SERVER } from './install-vscode.ts';

export interface VscodeServer {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
  /** `127.0.0.1:PORT`, the authority of `vscode-remote:` paths. */
  readonly authority: string;
  /** What the server wrote so far. */
  log(): string;
  /** Ends server, extension hosts and terminals; politely first. */
  stop(): Promise<void>;
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
  if (options.testDriver === true) args.push('--enable-smoke-test-driver');
  const child = spawn(process.execPath, args, {
    cwd: options.root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...serverEnvironment(temp), ...options.env },
  });
  // Its own process group: without this a crash of ours would leave it behind.
  const reap = (): void => killGroup(child.pid, 'SIGKILL');
  process.once('exit', reap);
  let log = '';
  const read = (chunk: Buffer): void => {
    log = (log + chunk.toString()).slice(-500_000);
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const port = await listeningPort(child, () => log, options.timeoutMs ?? 60_000).catch((error: unknown) => {
    reap();
    throw error;
  });
  return {
    url: `http://127.0.0.1:${port}/`,
    authority: `127.0.0.1:${port}`,
    log: () => log,
    async stop() {
      process.off('exit', reap);
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        killGroup(child.pid, 'SIGTERM');
        const force = setTimeout(reap, 5000);
        await gone;
        clearTimeout(force);
      }
      reap();
    },
  };
}

/** Installs a .vsix into an extensions folder; no server needs to run. Throws with VS Code's words where it refuses. */
export async function installExtension(vsix: string, userData: string, extensions: string): Promise<void> {
  const folders = ['--server-data-dir', userData, '--extensions-dir', extensions];
  const args = [VSCODE_SERVER, '--accept-server-license-terms', ...folders, '--install-extension', vsix, '--force'];
  const run = await runCommand(process.execPath, args, { env: outsideVscode(), timeoutMs: 60_000 });
  if (run.code !== 0) throw new Error(`VS Code refused ${vsix}:\n${run.output}`);
}

/** Without what a surrounding VS Code terminal or npm leaves, which would make this server talk to that window. */
function serverEnvironment(temp: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const name of Object.keys(outsideVscode())) delete env[name];
  // An empty gallery switches the marketplace off; the folders keep sockets and state out of the user's own.
  return {
    ...env,
    EXTENSIONS_GALLERY: '{}',
    TMPDIR: temp,
    XDG_RUNTIME_DIR: temp,
    XDG_CONFIG_HOME: temp,
    XDG_DATA_HOME: temp,
  };
}

function outsideVscode(): Record<string, undefined> {
  const foreign = /^(VSCODE_|CODE_SERVER|npm_|NODE_OPTIONS$|NODE_V8_COVERAGE$|PORT$|PASSWORD$|ELECTRON_)/;
  return Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => foreign.test(name))
      .map((name) => [name, undefined]),
  );
}

function listeningPort(child: ChildProcess, log: () => string, timeoutMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => fail(`did not listen within ${timeoutMs / 1000} s`), timeoutMs);
    const look = setInterval(() => {
      const port = /Extension host agent listening on (\d+)/.exec(log())?.[1];
      if (port === undefined) return;
      settle();
      resolve(Number(port));
    }, 25);
    const fail = (what: string): void => {
      settle();
      reject(new Error(`VS Code's server ${what}:\n${log()}`));
    };
    const onExit = (code: number | null): void => fail(`ended with ${code}`);
    const onError = (error: Error): void => fail(`cannot start: ${error.message}`);
    const settle = (): void => {
      clearTimeout(limit);
      clearInterval(look);
      child.off('exit', onExit);
      child.off('error', onError);
    };
    child.once('exit', onExit);
    child.once('error', onError);
  });
}
