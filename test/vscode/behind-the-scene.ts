import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { CONTROL } from '../../src/protocol/control.ts';
import { endpointSchema, type Endpoint } from '../../src/protocol/endpoint.ts';
import { homePaths } from '../../src/protocol/home.ts';
import { readSnapshot } from '../../src/protocol/snapshot.ts';
import { startDemoMock } from '../support/demo.ts';
import { startSimulator, type Simulator } from '../support/simulator.ts';

/** What stands behind a VS Code under test: a mock provider, and simulated agents in front of whatever relay the extension starts. */
export interface Backstage {
  /** Settings that lead the extension's relay to a free port and to the mock. */
  readonly machineSettings: Readonly<Record<string, unknown>>;
  snapshot(): Promise<Snapshot>;
  startTraffic(): Promise<void>;
  close(): Promise<void>;
}

const SPEED = 5;

/** Prepares `home` so that a relay started in it talks to a mock of Z.AI and to nothing else. */
export async function openBackstage(home: string): Promise<Backstage> {
  const mock = await startDemoMock(SPEED);
  const upstreams = { zai: mock.url };
  writeFileSync(homePaths(home).settings, JSON.stringify({ upstreams }), { mode: 0o600 });
  let simulator: Simulator | undefined;
  return {
    machineSettings: { 'planward.relay.port': await freePort(), 'planward.relay.upstreams': upstreams },
    async snapshot() {
      const { port, token } = await endpointOf(home);
      const response = await fetch(`http://127.0.0.1:${port}${CONTROL.snapshot}`, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(5000),
      });
      const snapshot = readSnapshot(await response.text());
      if (snapshot === undefined) throw new Error(`the relay gave no snapshot (status ${response.status})`);
      return snapshot;
    },
    async startTraffic() {
      const { port } = await endpointOf(home);
      simulator ??= startSimulator({ relayUrl: `http://127.0.0.1:${port}`, speed: SPEED });
    },
    async close() {
      await simulator?.stop();
      await mock.close();
    },
  };
}

/** The endpoint file of a home, once the relay has written it. Rejects after 20 s. */
async function endpointOf(home: string): Promise<Endpoint> {
  const until = Date.now() + 20_000;
  for (;;) {
    const endpoint = readEndpointFile(homePaths(home).endpoint);
    if (endpoint !== undefined) return endpoint;
    if (Date.now() > until) throw new Error('no relay was started within 20 s');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function readEndpointFile(file: string): Endpoint | undefined {
  try {
    return endpointSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
