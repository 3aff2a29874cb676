import { join } from 'node:path';
import { findRelay } from '../client/find-relay.ts';
import { launchRelay } from '../client/launch-relay.ts';
import { DEFAULT_PORT } from '../protocol/endpoint.ts';
import { refreshHomePrograms } from './refresh-programs.ts';
import { VERSION } from './version.ts';

export interface RelayForAgents {
  readonly ok: true;
  readonly port: number;
}

export type RelayFound = RelayForAgents | { readonly ok: false; readonly message: string };

/** Which relay agents of a home are pointed at. */
export interface RelayPort {
  /** The running relay's port, else the one it would have. */
  now(): Promise<number>;
  running(): Promise<RelayFound>;
  /** Starts one where none runs. */
  start(): Promise<RelayFound>;
}

export function portForAgents(asked: {
  readonly home: string;
  readonly port: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}): RelayPort {
  const { home, env } = asked;
  const port = asked.port ?? DEFAULT_PORT;
  async function running(): Promise<RelayFound> {
    const found = await findRelay(home);
    if (found.ok || found.reason === 'other-protocol') return { ok: true, port: found.endpoint.port };
    return { ok: false, message: found.message };
  }
  return {
    running,
    async now() {
      const found = await running();
      return found.ok ? found.port : port === 0 ? DEFAULT_PORT : port;
    },
    async start() {
      const found = await running();
      if (found.ok) return found;
      refreshHomePrograms(home);
      const relayScript = join(__dirname, 'relay.cjs');
      const launched = await launchRelay({ home, port, version: VERSION, relayScript, env });
      return launched.ok ? { ok: true, port: launched.endpoint.port } : { ok: false, message: launched.message };
    },
  };
}
