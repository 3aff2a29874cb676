import { randomBytes } from 'node:crypto';
import type net from 'node:net';
import { monotonicFactory } from 'ulid';
import { agentName, recogniseAgent } from '../agents/list.ts';
import type { AccountView, Notice, Snapshot } from '../core/snapshot.ts';
import { homePaths } from '../protocol/home.ts';
import { PROTOCOL, type Health } from '../protocol/endpoint.ts';
import { dialects } from '../providers/dialects/list.ts';
import { packFor } from '../policies/list.ts';
import { providers } from '../providers/list.ts';
import { choosePlan } from '../quota/choose-plan.ts';
import { peakState } from '../quota/peak.ts';
import { readQuota } from '../quota/read-quota.ts';
import type { Judge } from '../scope/judge.ts';
import { openJudge } from '../scope/open-judge.ts';
import { createAfterwards } from './afterwards.ts';
import { createAdmissionDesk } from './admission/desk.ts';
import { createAccounts } from './accounts.ts';
import { createControlPlane } from './control.ts';
import { createDrain } from './drain.ts';
import { readEndpoint, removeEndpoint, writeEndpoint } from './endpoint-file.ts';
import { usableHome, type HomeFolder } from './home-folder.ts';
import { createIncidentWatch } from './incidents/incident-watch.ts';
import { toolSupportOf } from './incidents/tool-support.ts';
import { idleDecision } from './idle-rule.ts';
import type { LedgerStart } from './ledger-messages.ts';
import { createLedgerWriter } from './ledger-writer.ts';
import { listen } from './listen.ts';
import {
  endpointRenewed,
  endpointUnwritten,
  followsFromHome,
  homeNotices,
  saltNotices,
  settingsNotKept,
} from './home-notices.ts';
import { createLocalMeters } from './local-meters.ts';
import { findLocalServers } from './local-servers.ts';
import { makeReport } from './make-report.ts';
import { createNoticeBoard } from './notice-board.ts';
import { createObserver } from './observation.ts';
import { markRunning, sweepOrphans } from './orphan-sweep.ts';
import { createUsagePoller, type PollDeps } from './poll-usage.ts';
import { createPool } from './pool.ts';
import { createPricing } from './pricing.ts';
import { createPublisher } from './publisher.ts';
import type { RelayLog } from './rotating-log.ts';
import { createRandom } from './random.ts';
import { redactError } from './redact.ts';
import { accountKeyOf, openSalt } from './salt.ts';
import { flagTurn } from './scope/flag-turn.ts';
import { createScopeWatch } from './scope/scope-watch.ts';
import { openTaught } from './scope/taught-file.ts';
import { serveAgent, type AgentConnection } from './serve-agent.ts';
import { openSettings } from './settings-store.ts';
import { createStrikes } from './strikes.ts';
import { createTally } from './tally.ts';
import { upstreamTable, type UpstreamTable } from './upstreams.ts';

export interface RelayOptions {
  readonly home: string;
  /** What `openHome` said of it. */
  readonly folder: HomeFolder;
  readonly port: number;
  readonly version: string;
  /** Provider id -> origin, from the command line; wins over the settings file. */
  readonly upstreams: Readonly<Record<string, string>>;
  /** Program whose worker thread runs the ledger: the relay's own bundle. */
  readonly workerFile: string | URL;
  readonly idleMs: number;
  readonly log: RelayLog;
  /** Hears of every notice as it is put up. */
  readonly onNotice: (notice: Notice) => void;
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

const IDLE_CHECK_MS = 30_000;

/** Wires the relay together and listens. What the home cannot hold (read-only, full) it goes on without, and says so. */
export async function startRelay(options: RelayOptions): Promise<RelayStart> {
  const { log, version, folder } = options;
  const paths = homePaths(usableHome(options.home, folder));
  const startedAt = Date.now();
  const listening = await listen(options.port, (error) => log.log('warn', `a connection was lost: ${error.message}`));
  if (!listening.ok) return listening;
  const { port } = listening;

  let publish = (): void => {}; // nobody can listen yet
  const publisher = createPublisher(() => publish());
  const notices = createNoticeBoard({ log, onPost: options.onNotice, onChange: () => publisher.touch() });
  const post = (notice: Notice): void => {
    if (folder.ok || !followsFromHome(notice)) notices.post(notice);
  };
  const connections = new Set<AgentConnection>();
  let lastActivityAt = startedAt;

  for (const notice of homeNotices({ home: folder, path: options.home, now: startedAt })) post(notice);
  const settings = openSettings({ path: paths.settings, now: Date.now, onNotice: post });
  const salt = openSalt(paths.salt);
  for (const notice of saltNotices(salt, startedAt)) post(notice);
  let table: UpstreamTable;
  try {
    table = upstreamTable(providers, { ...settings.current().upstreams, ...options.upstreams });
  } catch (error) {
    listening.close();
    return { ok: false, reason: 'bad-settings', message: `An upstream is not a URL: ${(error as Error).message}` };
  }

  const byId = new Map(dialects.map((dialect) => [dialect.id, dialect]));
  const accounts = createAccounts(salt.salt);
  const pool = createPool();
  const onReading: PollDeps['onReading'] = (providerId, accountKey, limits, tier) => {
    tally.reading(providerId, accountKey, limits, tier);
    ledger.appendLimits({ providerId, accountKey, limits });
  };
  const localMeters = createLocalMeters({
    now: Date.now,
    random: Math.random,
    providers,
    allowed: (id) => settings.current().pollUsage[id] ?? false,
    accountKeyOf: (id) => accountKeyOf(salt.salt, id, 'this machine'),
    servers: findLocalServers,
    onReading,
    onChange: () => publisher.touch(),
  });
  const poller = createUsagePoller({
    now: Date.now,
    random: Math.random,
    version,
    upstream: (id) => table.get(id),
    allowed: (id) => settings.current().pollUsage[id] ?? true,
    onReading,
    onChange: () => publisher.touch(),
  });
  const tally = createTally({
    providers: new Map(providers.map((provider) => [provider.id, provider])),
    quota: { readQuota, choosePlan, peakState },
    agentName,
    toldPlan: (id) => settings.current().plans[id],
    pollState: (providerId, accountKey) => localMeters.state(providerId) ?? poller.state(providerId, accountKey),
    accountName: (accountKey) => settings.current().accounts[accountKey],
    costOf: createPricing(settings.current),
  });
  const accountNow = (providerId: string, accountKey: string | undefined): AccountView | undefined =>
    tally.accounts(Date.now()).find((each) => each.providerId === providerId && each.accountKey === accountKey);
  const ulid = monotonicFactory(createRandom());
  let judge: Judge | undefined;
  const scope = createScopeWatch({
    judge: () => (judge ??= openJudge()),
    sensitivity: () => settings.current().scopeSensitivity,
    newId: ulid,
    salt: salt.salt,
    taught: openTaught(paths.taught, salt.salt),
    onFlag: () => publisher.touch(),
  });
  const strikes = createStrikes({ packOf: packFor, flags: scope.flags });
  const desk = createAdmissionDesk({
    account: accountNow,
    onNotice: post,
    scope,
    settings: () => settings.current(),
    newId: ulid,
    dialects: byId,
    accountOf: (opening) => accounts.of(opening.upstream.provider, opening.headers, opening)?.key,
    onChange: () => publisher.touch(),
  });

  const incidents = createIncidentWatch({
    accountOf: accountNow,
    toolSupport: toolSupportOf,
    outboundProxy: Object.keys(process.env).some((name) => /^(?:https?|all)_proxy$/i.test(name)),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const observer = createObserver({
    now: Date.now,
    newId: ulid,
    afterwards: createAfterwards(),
    dialects: byId,
    accountOf(opening) {
      const { provider, providerId } = opening.upstream;
      const account = accounts.of(provider, opening.headers, opening);
      if (account !== undefined) poller.seen(providerId, account.key, account.credential, opening.path);
      return account?.key;
    },
    redact: (opening, error) =>
      redactError(error, accounts.of(opening.upstream.provider, opening.headers, opening)?.credential),
    recogniseAgent: (headers, bodyStart) => recogniseAgent({ headers, bodyStart }).agentId,
    onOpen(opened) {
      incidents.opened(opened);
      lastActivityAt = Date.now();
      tally.opened(opened);
      publisher.touch();
    },
    onClose(opened, exchange, aftermath) {
      lastActivityAt = Date.now();
      tally.closed(opened, exchange, aftermath.turn()?.kind);
      ledger.append(exchange);
      strikes.closed(exchange);
      desk.heed(exchange);
      incidents.closed(exchange, aftermath);
      flagTurn(scope, exchange, aftermath);
      publisher.touch();
      drain.look();
    },
    onAbsorbed(exchange, aftermath) {
      ledger.append(exchange);
      strikes.closed(exchange);
      incidents.closed(exchange, aftermath);
      publisher.touch();
    },
    // An error's message may quote what was being read, and that is the user's; the frames say enough.
    onTrouble: (where, error) => log.log('error', `observation (${where}): ${framesOf(error)}`),
  });

  function snapshot(): Snapshot {
    const now = Date.now();
    return {
      schema: 'planward.status.v1',
      at: now,
      relay: { version, pid: process.pid, port, startedAt, draining: drain.begun },
      accounts: tally
        .accounts(now)
        .map((each) => ({ ...each, strikes: strikes.view(each.providerId, each.accountKey) })),
      agents: tally.agents().map((agent) => ({
        ...agent,
        paused: settings.current().pausedAgents.includes(agent.agentId),
        held: desk.held().get(agent.agentId) ?? 0,
      })),
      recent: tally.recent(),
      inFlight: tally.inFlight,
      exchanges: tally.exchanges,
      incidents: incidents.list(),
      flags: scope.flags().slice(0, 50),
      paced: desk.lanes(),
      stopped: desk.stops(),
      ledger: { state: ledger.state(), path: paths.ledger },
      notices: notices.list(),
    };
  }

  const token = randomBytes(32).toString('base64url');
  const control = createControlPlane({
    lift: (providerId, accountKey) => desk.lift(providerId, accountKey),
    settleFlag: (id, action) => scope.settle(id, action),
    report: (since) => makeReport({ ledger, accounts: () => tally.accounts(Date.now()), strikes }, since, Date.now()),
    token,
    snapshot,
    health: (): Health => ({
      name: 'planward',
      version,
      protocol: PROTOCOL,
      pid: process.pid,
      uptimeMs: Date.now() - startedAt,
      draining: drain.begun,
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
      if (!patched.ok) post(settingsNotKept(patched.message, Date.now()));
      if (patch.retentionDays !== undefined) ledger.setRetentionDays(patch.retentionDays);
      desk.refresh();
      poller.reconsider();
      localMeters.reconsider();
      publisher.touch();
      return { ok: true };
    },
    drain: () => drain.begin('a newer window asked for it'),
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
        gateFor: (opening) => desk.gateFor(opening),
        handOver(handed, bytes) {
          lastActivityAt = Date.now();
          control.adopt(handed, bytes);
        },
        draining: () => drain.begun,
      },
      () => {
        connections.delete(connection);
        drain.look();
      },
    );
    connections.add(connection);
  }

  const endpoint = { pid: process.pid, port, token, version, protocol: PROTOCOL, startedAt };
  const found = readEndpoint(paths.endpoint);
  const written = writeEndpoint(paths.endpoint, endpoint);
  if (!written.ok) post(endpointUnwritten(paths.endpoint, written.message, startedAt));
  else if (!found.ok && found.reason === 'broken') post(endpointRenewed(found.message, startedAt));

  const ledger = createLedgerWriter({
    path: paths.ledger,
    workerFile: options.workerFile,
    retentionDays: settings.current().retentionDays,
    now: Date.now,
    onNotice: post,
    onRecovered: remember,
  });
  function remember(start: LedgerStart): void {
    tally.remember(start);
    strikes.remember(start.policyRefusals);
    for (const { providerId, accountKey, limits } of start.limits) {
      const asked = limits.filter(({ source }) => source === 'usage-api').map(({ seenAt }) => seenAt);
      if (asked.length > 0) poller.remember(providerId, accountKey, Math.max(...asked));
    }
    publisher.touch();
  }
  ledger.ready.then(remember).catch((error: unknown) => {
    log.log('error', `what the ledger remembers could not be used: ${framesOf(error)}`);
  });
  const unmark = markRunning(paths.home, version, process.pid);
  const swept = sweepOrphans({ home: paths.home, runningVersion: version, now: startedAt });
  if (swept.length > 0) log.log('info', `removed what earlier relays left: ${swept.join(', ')}`);

  const idle = setInterval(
    () => {
      const now = Date.now();
      const { subscribers } = control;
      if (subscribers > 0) lastActivityAt = now; // a window that reloads finds the relay still there
      const decision = idleDecision({
        now,
        lastActivityAt,
        subscribers,
        inFlight: tally.inFlight,
        routedAgents: settings.current().routedAgents.length,
        idleMs: options.idleMs,
      });
      if (decision.exit) drain.begin('nobody needs it');
    },
    Math.min(IDLE_CHECK_MS, options.idleMs),
  );

  const drain = createDrain({
    connections,
    inFlight: () => Math.max(tally.inFlight, observer.pending),
    onBegin(why) {
      log.log('info', `draining: ${why}; ${connections.size} connections, ${tally.inFlight} in flight`);
      clearInterval(idle);
      // While the port is still ours nobody else writes the endpoint file.
      removeEndpoint(paths.endpoint, endpoint);
      listening.close();
      control.dismiss();
    },
    async finish() {
      control.close();
      poller.close();
      localMeters.close();
      pool.close();
      publisher.close();
      await ledger.close();
      unmark();
      log.logNow('info', 'ended');
    },
  });
  listening.serve(accept);
  return { ok: true, relay: { port, ended: drain.ended, drain: drain.begin } };
}

function framesOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return `${error.name} ${frames.join(' ')}`;
}
