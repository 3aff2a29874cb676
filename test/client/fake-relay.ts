import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { CONTROL } from '../../src/protocol/control.ts';
import { HEALTH_PATH, PROTOCOL } from '../../src/protocol/endpoint.ts';
import type { Endpoint } from '../../src/protocol/endpoint.ts';
import { homePaths } from '../../src/protocol/home.ts';
import { relaySettingsPatchSchema, relaySettingsSchema } from '../../src/protocol/relay-settings.ts';

export interface FakeRelay {
  readonly endpoint: Endpoint;
  readonly patches: readonly unknown[];
  readonly subscribers: () => number;
  publish(snapshot: Snapshot): void;
  sendRaw(event: string, data: string): void;
  /** Closes listener and every socket, as a killed process does; the endpoint file stays. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface FakeOptions {
  readonly home: string;
  readonly port?: number;
  readonly version?: string;
  readonly protocol?: string;
  readonly pid?: number;
  readonly snapshot: (endpoint: Endpoint) => Snapshot;
  readonly onDrain?: () => void;
}

/** A relay's control plane without a relay. Listens on 127.0.0.1 only. */
export async function startFakeRelay(options: FakeOptions): Promise<FakeRelay> {
  const streams = new Set<ServerResponse>();
  const patches: unknown[] = [];
  let settings = relaySettingsSchema.parse({});
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const path = (request.url ?? '').split('?')[0]!;
    if (path === HEALTH_PATH) {
      const { version, protocol, pid } = endpoint;
      answer(200, { name: 'planward', version, protocol, pid, uptimeMs: Date.now() - endpoint.startedAt });
      return;
    }
    if (request.headers.authorization !== `Bearer ${endpoint.token}`) {
      answer(401, { error: { code: 'unauthorised', message: 'A bearer token is needed.' } });
      return;
    }
    if (path === CONTROL.snapshot) answer(200, latest);
    else if (path === CONTROL.events) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`event: snapshot\ndata: ${JSON.stringify(latest)}\n\n`);
      streams.add(response);
      response.on('close', () => streams.delete(response));
    } else if (path === CONTROL.drain) {
      answer(200, { ok: true });
      options.onDrain?.();
      setImmediate(() => void kill());
    } else if (path === CONTROL.settings && request.method === 'PATCH') {
      let text = '';
      request.on('data', (chunk) => (text += String(chunk)));
      request.on('end', () => {
        const patch = relaySettingsPatchSchema.safeParse(JSON.parse(text));
        if (!patch.success) {
          answer(400, { error: { code: 'bad-settings', message: 'These settings are not valid.' } });
          return;
        }
        patches.push(patch.data);
        settings = relaySettingsSchema.parse({ ...settings, ...patch.data });
        answer(200, settings);
      });
    } else if (path === CONTROL.settings) answer(200, settings);
    else answer(404, { error: { code: 'not-found', message: 'No such route.' } });
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(options.port ?? 0, '127.0.0.1', done);
  });
  const endpoint: Endpoint = {
    pid: options.pid ?? process.pid,
    port: (server.address() as AddressInfo).port,
    token: 'x'.repeat(40),
    version: options.version ?? '0.1.0',
    protocol: options.protocol ?? PROTOCOL,
    startedAt: Date.now(),
  };
  let latest = options.snapshot(endpoint);
  await mkdir(options.home, { recursive: true, mode: 0o700 });
  await writeFile(homePaths(options.home).endpoint, JSON.stringify(endpoint), { mode: 0o600 });

  async function kill(): Promise<void> {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  }
  function sendRaw(event: string, data: string): void {
    for (const stream of streams) stream.write(`event: ${event}\ndata: ${data}\n\n`);
  }
  return {
    endpoint,
    patches,
    subscribers: () => streams.size,
    publish(snapshot) {
      latest = snapshot;
      sendRaw('snapshot', JSON.stringify(snapshot));
    },
    sendRaw,
    kill,
    async stop() {
      await kill();
      await rm(homePaths(options.home).endpoint, { force: true });
    },
  };
}
