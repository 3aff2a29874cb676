import type { SpawnOptions } from 'node:child_process';
import { RELAY_ENV } from '../protocol/relay-env.ts';

export interface RelayProgram {
  /** Node, or VS Code's own Electron run as Node. */
  readonly runtime: string;
  readonly script: string;
  readonly home: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Open file descriptor of the log. */
  readonly logFd: number;
}

export interface RelaySpawn {
  readonly command: string;
  readonly args: readonly string[];
  readonly options: SpawnOptions;
}

/**
 * How the relay is started as a daemon of its own. Pure.
 *
 * - `ELECTRON_RUN_AS_NODE=1` is always set: `process.execPath` of a desktop window is Electron, which would open a
 *   second VS Code without it (microsoft/vscode#151012); plain Node ignores it. The relay unsets it for its own children.
 * - `VSCODE_*`, other `ELECTRON_*`, `NODE_OPTIONS` and the IPC variables of the window are left behind: they carry
 *   debugger hooks and sockets of a process that will end before the relay does.
 * - proxy and CA variables (`HTTPS_PROXY`, `NO_PROXY`, `NODE_EXTRA_CA_CERTS`) stay: the relay honours them.
 * - the working folder is the home, so that no project folder is held open.
 */
export function spawnOptions(program: RelayProgram): RelaySpawn {
  return {
    command: program.runtime,
    args: [program.script, '--home', program.home, '--port', String(program.port)],
    options: {
      cwd: program.home,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', program.logFd, program.logFd],
      env: relayEnvironment(program.env),
    },
  };
}

const LEFT_BEHIND =
  /^(?:VSCODE_.*|ELECTRON_.*|NODE_OPTIONS|NODE_CHANNEL_FD|NODE_CHANNEL_SERIALIZATION_MODE|NODE_UNIQUE_ID|NODE_INSPECT_.*|APPLICATION_INSIGHTS_.*)$/i;

function relayEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !LEFT_BEHIND.test(name)) kept[name] = value;
  }
  return { ...RELAY_ENV, ...kept, ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' };
}
