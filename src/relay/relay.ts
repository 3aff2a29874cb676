import { randomBytes } from 'node:crypto';
import type net from 'node:net';
import type { Notice, Snapshot } from '../core/snapshot.ts';
import { homePaths } from '../protocol/home.ts';
import { PROTOCOL, type Health } from '../protocol/endpoint.ts';
import { dialects } from '../providers/dialects/list.ts';
import { providers } from '../providers/list.ts';
import type { RelaySettingsPatch } from '../protocol/relay-settings.ts';
import { createControlPlane } from './control.ts';
import { createDrain } from './drain.ts';
import { readEndpoint, removeEndpoint, writeEndpoint } from './endpoint-file.ts';
import { usableHome, type HomeFolder } from './home-folder.ts';
import { idleDecision } from './idle-rule.ts';
import { listen } from './listen.ts';
import {
  endpointRenewed,
  endpointUnwritten,
  followsFromHome,
  homeNotices,
  saltNotices,
  settingsNotKept,
} from './home-notices.ts';
import { createNoticeBoard } from './notice-board.ts';
import { markRunning, sweepOrphans } from './orphan-sweep.ts';
import { createPool } from './pool.ts';
import { createPublisher } from './publisher.ts';
import type { RelayLog } from './rotating-log.ts';
import { openSalt } from './salt.ts';
import { serveAgent, type AgentConnection } from './serve-agent.ts';
import { openSettings } from './settings-store.ts';
import { startSuccessor } from './successor.ts';
import { upstreamTable, type UpstreamTable } from './upstreams.ts';
import { createWatching } from './watching.ts';

export interface RelayOptions {
  readonly home: string;
  /** What `openHome` said of it. */
  readonly folder: HomeFolder;
  readonly port: number;
  /** Sockets that listen already, inherited from the relay before; empty: the port is taken by ourselves. */
  readonly inherited: readonly number[];
  readonly version: string;
  /** Provider id -> origin, from the command line; wins over the settings file. */
  readonly upstreams: Readonly<Record<string, string>>;
  /** Settings from the command line, kept from now on; modes it does not name stay. */
  readonly settings?: RelaySettingsPatch;
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
  const listening = await listen(
    options.port,
    (error) => log.log('warn', `a connection was lost: ${error.message}`),
    options.inherited,
  );
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
  const given = options.settings ?? {};
  if (Object.keys(given).length > 0) {
    settings.patch({ ...given, ...(given.modes && { modes: { ...settings.current().modes, ...given.modes } }) });
  }
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
  const pool = createPool();
  const watching = createWatching({
    paths,
    salt: salt.salt,
    version,
    workerFile: options.workerFile,
    dialects: byId,
    settings: settings.current,
    upstreams: () => table,
    log,
    onNotice: post,
    asking: () => control.asking,
    onChange: () => publisher.touch(),
    onActivity() {
      lastActivityAt = Date.now();
      drain.look();
    },
  });

  function snapshot(): Snapshot {
    const now = Date.now();
    return {
      schema: 'planward.status.v1',
      at: now,
      relay: { version, pid: process.pid, port, startedAt, draining: drain.begun },
      ...watching.view(now),
      notices: notices.list(),
    };
  }

  const token = randomBytes(32).toString('base64url');
  const control = createControlPlane({
    lift: (lift) => watching.desk.lift(lift),
    settleFlag: (id, action, reason) => watching.settleFlag(id, action, reason),
    taught: () => watching.taught.list(),
    forget: (ids) => watching.taught.forget(ids),
    answerHold: (id, answer) => watching.desk.answerHold(id, answer),
    transcript: (id) => watching.transcript(id),
    onAsking: () => watching.desk.windowsChanged(),
    judge: (asked) => watching.judge(asked),
    statusline: (asked) => watching.statusline(asked),
    report: (since) => watching.report(since),
    history: (query) => watching.history(query),
    exchanges: (query) => watching.exchanges(query),
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
      watching.settingsChanged(patch);
      return { ok: true };
    },
    drain: () => drain.begin('a newer window asked for it'),
    succeed(successor) {
      const { descriptors } = listening;
      const { upstreams } = options;
      log.log('info', `version ${successor} is to take over`);
      return startSuccessor(successor, { home: paths.home, port, descriptors, upstreams, env: process.env });
    },
    letGo: () => drain.begin('a newer version took over'),
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
        observer: watching.observer,
        gateFor: (opening) => watching.desk.gateFor(opening),
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
        inFlight: watching.inFlight,
        routedAgents: settings.current().routedAgents.length,
        idleMs: options.idleMs,
      });
      if (decision.exit) drain.begin('nobody needs it');
    },
    Math.min(IDLE_CHECK_MS, options.idleMs),
  );

  const drain = createDrain({
    connections,
    inFlight: () => watching.inFlight,
    onBegin(why) {
      log.log('info', `draining: ${why}; ${connections.size} connections, ${watching.inFlight} in flight`);
      clearInterval(idle);
      // While the port is still ours nobody else writes the endpoint file.
      removeEndpoint(paths.endpoint, endpoint);
      listening.close();
      control.dismiss();
    },
    async finish() {
      control.close();
      pool.close();
      publisher.close();
      await watching.close();
      unmark();
      log.logNow('info', 'ended');
    },
  });
  listening.serve(accept);
  return { ok: true, relay: { port, ended: drain.ended, drain: drain.begin } };
}
