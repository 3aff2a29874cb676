import { randomBytes } from 'node:crypto';
import type net from 'node:net';
import { monotonicFactory } from 'ulid';
import { agentName, recogniseAgent } from '../agents/list.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { homePaths } from '../protocol/home.ts';
import { PROTOCOL, type Health } from '../protocol/endpoint.ts';
import { dialects } from '../providers/dialects/list.ts';
import { providers } from '../providers/list.ts';
import { choosePlan } from '../quota/choose-plan.ts';
import { foldWindows } from '../quota/fold-windows.ts';
import { peakState } from '../quota/peak.ts';
import { createAfterwards } from './afterwards.ts';
import { createAccounts } from './accounts.ts';
import { createControlPlane } from './control.ts';
import { removeEndpoint, writeEndpoint } from './endpoint-file.ts';
import { openHome } from './home-folder.ts';
import { idleDecision } from './idle-rule.ts';
import { createLedgerWriter } from './ledger-writer.ts';
import { listen } from './listen.ts';
import { endpointUnwritten, homeNotices } from './home-notices.ts';
import { createNoticeBoard } from './notice-board.ts';
import { createObserver } from './observation.ts';
import { markRunning, sweepOrphans } from './orphan-sweep.ts';
import { createUsagePoller } from './poll-usage.ts';
import { createPool } from './pool.ts';
import { createPublisher } from './publisher.ts';
import type { RelayLog } from './rotating-log.ts';
import { createRandom } from './random.ts';
import { openSalt } from './salt.ts';
import { serveAgent, type AgentConnection } from './serve-agent.ts';
import { openSettings } from './settings-store.ts';
import { createTally } from './tally.ts';
import { upstreamTable, type UpstreamTable } from './upstreams.ts';

export interface RelayOptions {
  readonly home: string;
  readonly port: number;
  readonly version: string;
  /** Provider id -> origin, from the command line; wins over the settings file. */
  readonly upstreams: Readonly<Record<string, string>>;
  /** Program whose worker thread runs the ledger: the relay's own bundle. */
  readonly workerFile: string | URL;
  readonly idleMs: number;
  readonly log: RelayLog;
}

export interface Relay {
  readonly port: number;
  /** Resolves when the relay has ended, cleanly. */
  readonly ended: Promise<void>;
  /** Stops taking connections, finishes what is under way, ends. A second call ends at once. */
  drain(why: string): void;
}

export type RelayStart =
  | { readonly ok: true; readonly relay: Relay }
  | {
      readonly ok: false;
      readonly reason: 'in-use' | 'not-allowed' | 'other' | 'bad-settings';
      readonly message: string;
    };

/** Connections that said nothing for this long are ended while draining; the others get to say `Connection: close` first. */
const DRAIN_GRACE_MS = 2_000;
const IDLE_CHECK_MS = 30_000;

/** Wires the relay together and listens. What the home cannot hold (read-only, full) it goes on without, and says so. */
export async function startRelay(options: RelayOptions): Promise<RelayStart> {
  const { log, version } = options;
  const paths = homePaths(options.home);
  const startedAt = Date.now();
  let publish = (): void => {}; // nobody can listen yet
  const publisher = createPublisher(() => publish());
  const notices = createNoticeBoard({ log, onChange: () => publisher.touch() });
  const connections = new Set<AgentConnection>();
  let draining = false;
  let lastActivityAt = startedAt;

  const home = openHome(paths.home);
  const settings = openSettings({ path: paths.settings, now: Date.now, onNotice: notices.post });
  const salt = openSalt(paths.salt);
  for (const notice of homeNotices({ home, salt, path: paths.home, now: startedAt })) notices.post(notice);
  let table: UpstreamTable;
  try {
    table = upstreamTable(providers, { ...settings.current().upstreams, ...options.upstreams });
  } catch (error) {
    return { ok: false, reason: 'bad-settings', message: `An upstream is not a URL: ${(error as Error).message}` };
  }

  const byId = new Map(dialects.map((dialect) => [dialect.id, dialect]));
  const accounts = createAccounts(salt.salt);
  const pool = createPool();
  const poller = createUsagePoller({
    now: Date.now,
    random: Math.random,
    version,
    upstream: (id) => table.get(id),
    allowed: (id) => settings.current().pollUsage[id] ?? true,
    onReading(providerId, accountKey, limits, tier) {
      tally.reading(providerId, accountKey, limits, tier);
      ledger.appendLimits({ providerId, accountKey, limits });
    },
    onChange: () => publisher.touch(),
  });
  const tally = createTally({
    providers: new Map(providers.map((provider) => [provider.id, provider])),
    quota: { foldWindows, choosePlan, peakState },
    agentName,
    toldPlan: (id) => settings.current().plans[id],
    pollState: (providerId, accountKey) => poller.state(providerId, accountKey),
  });
  const ulid = monotonicFactory(createRandom());
  const observer = createObserver({
    now: Date.now,
    newId: ulid,
    afterwards: createAfterwards(),
    dialects: byId,
    accountOf(opening) {
      const { provider, providerId } = opening.upstream;
      const account = accounts.of(provider, opening.headers, opening.path);
      if (account !== undefined) poller.seen(providerId, account.key, account.credential, opening.path);
      return account?.key;
    },
    recogniseAgent: (headers, bodyStart) => recogniseAgent({ headers, bodyStart }).agentId,
    onOpen(opened) {
      lastActivityAt = Date.now();
      tally.opened(opened);
      publisher.touch();
    },
    onClose(opened, exchange) {
      lastActivityAt = Date.now();
      tally.closed(opened, exchange);
      ledger.append(exchange);
      publisher.touch();
    },
    onAbsorbed(exchange) {
      ledger.append(exchange);
      publisher.touch();
    },
    onTrouble: (where, error) => log.log('error', `observation (${where}): ${(error as Error).stack ?? String(error)}`),
  });

  function snapshot(): Snapshot {
    const now = Date.now();
    return {
      schema: 'planward.status.v1',
      at: now,
      relay: { version, pid: process.pid, port: listening.ok ? listening.port : 0, startedAt, draining },
      accounts: tally.accounts(now),
      agents: tally.agents(),
      recent: tally.recent(),
      inFlight: tally.inFlight,
      exchanges: tally.exchanges,
      ledger: { state: ledger.state(), path: paths.ledger },
      notices: notices.list(),
    };
  }

  const token = randomBytes(32).toString('base64url');
  const control = createControlPlane({
    token,
    snapshot,
    health: (): Health => ({
      name: 'planward',
      version,
      protocol: PROTOCOL,
      pid: process.pid,
      uptimeMs: Date.now() - startedAt,
      draining,
    }),
    settings: () => settings.current(),
    patchSettings(patch) {
      try {
        const told = patch.upstreams ?? settings.current().upstreams;
        table = upstreamTable(providers, { ...told, ...options.upstreams });
      } catch (error) {
        return { ok: false, message: `An upstream is not a URL: ${(error as Error).message}` };
      }
      const patched = settings.patch(patch);
      if (!patched.ok && patched.reason === 'invalid') return patched;
      if (patch.retentionDays !== undefined) ledger.setRetentionDays(patch.retentionDays);
      poller.reconsider();
      publisher.touch();
      return { ok: true };
    },
    drain: () => relay.drain('a newer window asked for it'),
    onTrouble: (where, error) => log.log('error', `${where}: ${(error as Error).stack ?? String(error)}`),
  });
  publish = () => control.publish();

  function accept(socket: net.Socket): void {
    const connection = serveAgent(
      socket,
      {
        upstreams: () => table,
        pool,
        dialects: byId,
        observer,
        gateFor: () => undefined,
        handOver: (handed, bytes) => control.adopt(handed, bytes),
        draining: () => draining,
      },
      () => {
        connections.delete(connection);
        endIfDrained();
      },
    );
    connections.add(connection);
  }

  const listening = await listen(options.port, accept);
  if (!listening.ok) {
    poller.close();
    pool.close();
    control.close();
    publisher.close();
    return listening;
  }
  const endpoint = { pid: process.pid, port: listening.port, token, version, protocol: PROTOCOL, startedAt };
  const written = writeEndpoint(paths.endpoint, endpoint);
  if (!written.ok) notices.post(endpointUnwritten(paths.endpoint, written.message, startedAt));

  const ledger = createLedgerWriter({
    path: paths.ledger,
    workerFile: options.workerFile,
    retentionDays: settings.current().retentionDays,
    now: Date.now,
    onNotice: notices.post,
    onRecovered: (start) => tally.remember(start),
  });
  void ledger.ready.then((start) => {
    tally.remember(start);
    publisher.touch();
  });
  const unmark = markRunning(paths.home, version, process.pid);
  const swept = sweepOrphans({ home: paths.home, runningVersion: version, now: startedAt });
  if (swept.length > 0) log.log('info', `removed what earlier relays left: ${swept.join(', ')}`);

  const idle = setInterval(
    () => {
      const decision = idleDecision({
        now: Date.now(),
        lastActivityAt,
        subscribers: control.subscribers,
        inFlight: tally.inFlight,
        routedAgents: settings.current().routedAgents.length,
        idleMs: options.idleMs,
      });
      if (decision.exit) relay.drain('nobody needs it');
    },
    Math.min(IDLE_CHECK_MS, options.idleMs),
  );

  const ended = Promise.withResolvers<void>();
  let ending = false;

  function endIfDrained(): void {
    if (!draining || connections.size > 0 || ending) return;
    ending = true;
    void finish();
  }

  async function finish(): Promise<void> {
    control.publish();
    control.close();
    poller.close();
    pool.close();
    publisher.close();
    clearInterval(idle);
    await ledger.close();
    unmark();
    log.logNow('info', 'ended');
    ended.resolve();
  }

  const relay: Relay = {
    port: listening.port,
    ended: ended.promise,
    drain(why) {
      if (draining) {
        for (const connection of connections) connection.destroy();
        endIfDrained();
        return;
      }
      draining = true;
      log.log('info', `draining: ${why}; ${connections.size} connections, ${tally.inFlight} in flight`);
      for (const server of listening.servers) server.close();
      removeEndpoint(paths.endpoint, endpoint);
      for (const connection of connections) connection.retire(DRAIN_GRACE_MS);
      endIfDrained();
    },
  };
  return { ok: true, relay };
}
