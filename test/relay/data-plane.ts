import net from 'node:net';
import type { Exchange } from '../../src/core/exchange.ts';
import { dialects } from '../../src/providers/dialects/list.ts';
import { providers } from '../../src/providers/list.ts';
import { createAfterwards } from '../../src/relay/afterwards.ts';
import { createObserver } from '../../src/relay/observation.ts';
import type { Opened } from '../../src/relay/opening.ts';
import type { Gate } from '../../src/relay/gate.ts';
import { createPool } from '../../src/relay/pool.ts';
import { serveAgent, type AgentConnection } from '../../src/relay/serve-agent.ts';
import { upstreamTable } from '../../src/relay/upstreams.ts';
import { listen } from '../support/loopback.ts';

export interface DataPlane {
  readonly port: number;
  /** Exchanges recorded so far. */
  readonly exchanges: readonly Exchange[];
  readonly opened: readonly Opened[];
  readonly troubles: readonly unknown[];
  readonly connections: ReadonlySet<AgentConnection>;
  /** Resolves when `count` exchanges are recorded; rejects after 5 s. */
  recorded(count: number): Promise<readonly Exchange[]>;
  drain(): void;
  close(): Promise<void>;
}

/** The relay's data plane alone, with every provider pointed at `upstream` and everything observed kept in a list. The first requests get `gates`. */
export async function startDataPlane(upstream: string, gates: Gate[] = []): Promise<DataPlane> {
  const exchanges: Exchange[] = [];
  const opened: Opened[] = [];
  const troubles: unknown[] = [];
  const connections = new Set<AgentConnection>();
  const sockets = new Set<net.Socket>();
  const pool = createPool();
  const table = upstreamTable(providers, Object.fromEntries(providers.map(({ id }) => [id, upstream])));
  const byId = new Map(dialects.map((dialect) => [dialect.id, dialect]));
  let draining = false;
  let ids = 0;
  let waiters: (() => void)[] = [];
  const observer = createObserver({
    now: Date.now,
    newId: () => String(ids++),
    afterwards: createAfterwards(),
    dialects: byId,
    accountOf: () => 'account',
    recogniseAgent: () => 'unknown',
    onOpen: (open) => opened.push(open),
    onClose: (_, exchange) => {
      exchanges.push(exchange);
      for (const wake of waiters) wake();
    },
    onAbsorbed: (exchange) => void exchanges.push(exchange),
    onTrouble: (where, error) => troubles.push([where, error]),
  });
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const connection = serveAgent(
      socket,
      {
        upstreams: () => table,
        pool,
        dialects: byId,
        observer,
        gateFor: () => gates.shift(),
        handOver: (handed) => handed.end('HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\ncontrol'),
        draining: () => draining,
      },
      () => connections.delete(connection),
    );
    connections.add(connection);
  });
  const port = await listen(server);
  return {
    port,
    exchanges,
    opened,
    troubles,
    connections,
    async recorded(count) {
      const giveUp = Date.now() + 5000;
      while (exchanges.length < count) {
        if (Date.now() > giveUp) throw new Error(`${exchanges.length} of ${count} exchanges recorded`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 100);
          waiters = [() => (clearTimeout(timer), resolve())];
        });
      }
      return exchanges;
    },
    drain() {
      draining = true;
      for (const connection of connections) connection.retire(50);
    },
    close() {
      pool.close();
      for (const connection of connections) connection.destroy();
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
