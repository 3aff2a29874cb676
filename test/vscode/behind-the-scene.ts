import { readFileSync, writeFileSync } from 'node:fs';
import { fetchSettings } from '../../src/client/call-relay.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { CONTROL } from '../../src/protocol/control.ts';
import { endpointSchema, type Endpoint } from '../../src/protocol/endpoint.ts';
import { homePaths } from '../../src/protocol/home.ts';
import { readSnapshot } from '../../src/protocol/snapshot.ts';
import { startDemoMock } from '../support/demo.ts';
import { startDripUpstream } from './drip-upstream.ts';
import { startSimulator, type Simulator } from '../support/simulator.ts';
import { writeMachineSettings } from './settings.ts';
import { until } from './until.ts';
import { freePort } from '../support/free-port.ts';

/** What stands behind a VS Code under test: a mock provider, and simulated agents in front of whatever relay the extension starts. */
export interface Backstage {
  /** Settings that lead the extension's relay to a free port and to the mock. */
  readonly machineSettings: Readonly<Record<string, unknown>>;
  snapshot(): Promise<Snapshot>;
  /**
   * Sends the relay to other upstreams (origins by provider id), through the settings of the window that owns it: it
   * takes back at any moment what stands in the relay alone. Resolves once the relay goes by them.
   */
  pointAt(userData: string, upstreams: Readonly<Record<string, string>>): Promise<void>;
  startTraffic(): Promise<void>;
  openStream(): Promise<OpenStream>;
  close(): Promise<void>;
}

/** A response that is still coming through the relay. */
export interface OpenStream {
  /** Whether all of it arrived exactly as the upstream sent it; rejects where it was cut. */
  readonly whole: Promise<boolean>;
  ended(): boolean;
}

const SPEED = 5;

/** Prepares `home` so that a relay started in it talks to a mock of Z.AI and to nothing else. */
export async function openBackstage(home: string): Promise<Backstage> {
  const mock = await startDemoMock(SPEED);
  const drip = await startDripUpstream();
  let upstreams: Readonly<Record<string, string>> = { zai: mock.url, bigmodel: drip.url };
  const relayPort = await freePort();
  const settings = () => ({ 'planward.relay.port': relayPort, 'planward.relay.upstreams': upstreams });
  writeFileSync(homePaths(home).settings, JSON.stringify({ upstreams }), { mode: 0o600 });
  let simulator: Simulator | undefined;
  return {
    machineSettings: settings(),
    async pointAt(userData, others) {
      upstreams = { ...upstreams, ...others };
      writeMachineSettings(userData, settings());
      await until(async () => {
        const inForce = await fetchSettings(await endpointOf(home));
        const now: Readonly<Record<string, string>> = inForce.ok ? inForce.value.upstreams : {};
        return Object.entries(upstreams).every(([id, origin]) => now[id] === origin);
      }, 20_000);
    },
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
    async openStream() {
      const { port } = await endpointOf(home);
      const address = `http://127.0.0.1:${port}/bigmodel/api/anthropic/v1/messages`;
      const response = await fetch(address, { method: 'POST', body: '{}', signal: AbortSignal.timeout(60_000) });
      let ended = false;
      const whole = response
        .text()
        .then((text) => text === drip.answer)
        .finally(() => (ended = true));
      whole.catch(() => undefined); // Whoever awaits it hears of it; nobody may, where a step failed before.
      return { whole, ended: () => ended };
    },
    async close() {
      await simulator?.stop();
      await mock.close();
      await drip.close();
    },
  };
}

/** The endpoint file of a home, once the relay has written it. Rejects after a minute. */
async function endpointOf(home: string): Promise<Endpoint> {
  const giveUpAt = Date.now() + 60_000;
  for (;;) {
    const endpoint = readEndpointFile(homePaths(home).endpoint);
    if (endpoint !== undefined) return endpoint;
    if (Date.now() > giveUpAt) throw new Error('no relay was started within a minute');
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
