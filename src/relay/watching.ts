import { monotonicFactory } from 'ulid';
import { agentName, recogniseAgent } from '../agents/list.ts';
import { createRetryMemory } from '../agents/retries.ts';
import type { DialectId } from '../core/exchange.ts';
import type { Dialect } from '../core/provider.ts';
import type { Report } from '../core/report.ts';
import { modeOf } from '../core/scope-mode.ts';
import type { AccountView, Notice, Snapshot } from '../core/snapshot.ts';
import type { Transcript } from '../core/transcript.ts';
import type { FlagAction } from '../protocol/control.ts';
import type { HistoryQuery } from '../protocol/history.ts';
import type { HomePaths } from '../protocol/home.ts';
import type { JudgeAsk, JudgeSays } from '../protocol/judge-call.ts';
import type { RelaySettings, RelaySettingsPatch } from '../protocol/relay-settings.ts';
import type { StatuslineAsk, StatuslineSays } from '../protocol/statusline-call.ts';
import { providers } from '../providers/list.ts';
import { choosePlan } from '../quota/choose-plan.ts';
import { peakState } from '../quota/peak.ts';
import { readQuota } from '../quota/read-quota.ts';
import type { Judge } from '../scope/judge.ts';
import { openJudge } from '../scope/open-judge.ts';
import { createAccounts, type Learned } from './accounts.ts';
import { createAdmissionDesk, type AdmissionDesk } from './admission/desk.ts';
import { createAfterwards } from './afterwards.ts';
import { createIncidentWatch } from './incidents/incident-watch.ts';
import { toolSupportOf } from './incidents/tool-support.ts';
import type { LedgerStart } from './ledger-messages.ts';
import { createLedgerWriter } from './ledger-writer.ts';
import { createLocalMeters } from './local-meters.ts';
import { findLocalServers } from './local-servers.ts';
import { makeHistory, type MadeHistory } from './make-history.ts';
import { makeReport } from './make-report.ts';
import { createObserver, type Observer } from './observation.ts';
import { createUsagePoller, type PollDeps } from './poll-usage.ts';
import { createOtelExport } from './otel-export.ts';
import { keysNamedIn } from './named-keys.ts';
import { createOtherWays } from './other-ways.ts';
import { createPricing } from './pricing.ts';
import { readExchanges } from './read-exchanges.ts';
import { createRandom } from './random.ts';
import { redactError } from './redact.ts';
import type { RelayLog } from './rotating-log.ts';
import { accountKeyOf } from './salt.ts';
import { createSessionBook } from './session-book.ts';
import { createFileTurns } from './scope/file-turns.ts';
import { createHookDesk } from './scope/hook-desk.ts';
import { takeInLateFlags } from './scope/late-flags.ts';
import { createPackShelf } from './scope/pack-shelf.ts';
import { createScopeWatch } from './scope/scope-watch.ts';
import { createWayWatch } from './scope/way-watch.ts';
import { createTurnLog } from './scope/turn-log.ts';
import { flagTurn } from './scope/flag-turn.ts';
import { openTaught, type TaughtFile } from './scope/taught-file.ts';
import { createStrikes } from './strikes.ts';
import { createTally } from './tally.ts';
import type { UpstreamTable } from './upstreams.ts';

export interface WatchingDeps {
  readonly paths: HomePaths;
  readonly salt: Uint8Array;
  readonly version: string;
  readonly workerFile: string | URL;
  readonly dialects: ReadonlyMap<DialectId, Dialect>;
  readonly settings: () => RelaySettings;
  readonly upstreams: () => UpstreamTable;
  readonly log: RelayLog;
  readonly onNotice: (notice: Notice) => void;
  /** Windows that can put a held turn to the user now. */
  readonly asking: () => number;
  /** Something that a Snapshot shows changed. */
  readonly onChange: () => void;
  /** A request began or an exchange was read to its end. */
  readonly onActivity: () => void;
}

/** What Snapshots say beyond the relay's own state. */
export type Watched = Omit<Snapshot, 'schema' | 'at' | 'relay' | 'notices'>;

export interface Watching {
  readonly observer: Observer;
  readonly desk: AdmissionDesk;
  readonly inFlight: number;
  view(now: number): Watched;
  /** What the ledger holds since that instant; undefined where it cannot be read now. */
  report(since: number): Promise<Report | undefined>;
  history(query: HistoryQuery): Promise<MadeHistory>;
  exchanges(query: Parameters<typeof readExchanges>[1]): ReturnType<typeof readExchanges>;
  settleFlag(id: string, action: FlagAction, reason?: string): boolean;
  /** What was called coding. */
  readonly taught: Pick<TaughtFile, 'list' | 'forget'>;
  /** Turns of a session that a Snapshot lists; undefined where it is gone. */
  transcript(id: string): Transcript | undefined;
  /** A prompt that an agent's own hook hands over. */
  judge(asked: JudgeAsk): JudgeSays;
  /** What an agent's status line command was handed. */
  statusline(asked: StatuslineAsk): StatuslineSays;
  /** Settings were patched: what they hold back, poll or keep is looked at anew. */
  settingsChanged(patch: RelaySettingsPatch): void;
  /** Ends polls at once and the ledger when its rows are written. */
  close(): Promise<void>;
}

/** Everything that looks at copies of the traffic: accounts, meters, scope, incidents, strikes and the ledger, wired. */
export function createWatching(deps: WatchingDeps): Watching {
  const { paths, salt, version, settings, log, onNotice: post, onChange } = deps;
  const accounts = createAccounts(salt);
  const sessions = createSessionBook(salt);
  const onReading: PollDeps['onReading'] = (providerId, asked, limits, tier) => {
    const accountKey = accounts.nowOf(asked);
    tally.reading(providerId, accountKey, limits, tier);
    ledger.appendLimits({ providerId, accountKey, limits });
  };
  const localMeters = createLocalMeters({
    now: Date.now,
    random: Math.random,
    providers,
    allowed: (id) => settings().pollUsage[id] ?? false,
    accountKeyOf: (id) => accountKeyOf(salt, id, 'this machine'),
    servers: findLocalServers,
    onReading,
    onChange,
  });
  const poller = createUsagePoller({
    now: Date.now,
    random: Math.random,
    version,
    upstream: (id) => deps.upstreams().get(id),
    allowed: (id) => settings().pollUsage[id] ?? true,
    onReading,
    onChange,
  });
  const costOf = createPricing(settings);
  const tally = createTally({
    providers: new Map(providers.map((provider) => [provider.id, provider])),
    quota: { readQuota, choosePlan, peakState },
    agentName,
    toldPlan: (id) => settings().plans[id],
    pollState: (providerId, accountKey) => localMeters.state(providerId) ?? poller.state(providerId, accountKey),
    accountName: (accountKey) =>
      accounts
        .keysOf(accountKey)
        .map((key) => settings().accounts[key])
        .find((name) => name !== undefined),
    costOf,
  });
  const accountNow = (providerId: string, accountKey: string | undefined): AccountView | undefined =>
    tally.accounts(Date.now()).find((each) => each.providerId === providerId && each.accountKey === accountKey);
  const ulid = monotonicFactory(createRandom());
  let judge: Judge | undefined;
  const shelf = createPackShelf({
    home: paths.home,
    paths: () => settings().policyPacks,
    now: Date.now,
    onNotice: post,
  });
  const ways = createWayWatch(salt, shelf.packOf);
  const taught = openTaught(paths.taught, salt);
  const scope = createScopeWatch({
    judge: () => (judge ??= openJudge()),
    packOf: shelf.packOf,
    sensitivity: () => settings().scopeSensitivity,
    newId: ulid,
    salt: salt,
    taught,
    onFlag: onChange,
    keep: (row) => ledger.appendScope(row),
  });
  const hookDesk = createHookDesk({
    packOf: shelf.packOf,
    now: Date.now,
    newId: ulid,
    scope,
    modes: () => settings().modes,
    agentName,
    onChange,
  });
  const strikes = createStrikes({ packOf: shelf.packOf, keysOf: accounts.keysOf, flags: scope.flags });
  const desk = createAdmissionDesk({
    account: accountNow,
    onNotice: post,
    scope,
    settings,
    newId: ulid,
    dialects: deps.dialects,
    accountOf: (opening) => accounts.of(opening.upstream.provider, opening.headers, opening)?.key,
    asking: deps.asking,
    onTrouble: (error) => log.log('error', `admission: ${framesOf(error)}`),
    onChange,
  });
  const turnLog = createTurnLog({
    excerpts: () => settings().storeExcerpts,
    flags: scope.flags,
    turnOf: scope.turnOf,
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
    dialects: deps.dialects,
    accountOf(opening) {
      const { provider, providerId } = opening.upstream;
      const account = accounts.of(provider, opening.headers, opening);
      if (account !== undefined) poller.seen(providerId, account.key, account.credential, opening.path);
      return account?.key;
    },
    redact: (opening, error) =>
      redactError(error, accounts.of(opening.upstream.provider, opening.headers, opening)?.credential),
    accountOfBody(opening, body) {
      const { provider } = opening.upstream;
      const learned = accounts.learn(provider, opening.headers, opening, body);
      if (learned === undefined) return accounts.of(provider, opening.headers, opening)?.key;
      fold(learned, true);
      return learned.sameAs;
    },
    sessionOf: sessions.keysOf,
    retries: createRetryMemory(),
    recogniseAgent: (headers, bodyStart) => recogniseAgent({ headers, bodyStart }).agentId,
    onOpen(opened) {
      incidents.opened(opened);
      tally.opened(opened);
      deps.onActivity();
      onChange();
    },
    onClose(opened, exchange, aftermath) {
      tally.closed(opened, exchange);
      sessions.closed(exchange);
      others.relayed(exchange);
      ledger.append(exchange);
      otel.closed(exchange);
      strikes.closed(exchange);
      desk.heed(exchange);
      incidents.closed(exchange, aftermath);
      hookDesk.closed(exchange);
      flagTurn({ scope, ways, packOf: shelf.packOf }, turnLog, exchange, aftermath);
      onChange();
      deps.onActivity();
    },
    onAbsorbed(exchange, aftermath) {
      ledger.append(exchange);
      strikes.closed(exchange);
      incidents.closed(exchange, aftermath);
      onChange();
    },
    // An error's message may quote what was being read, and that is the user's; the frames say enough.
    onTrouble: (where, error) => log.log('error', `observation (${where}): ${framesOf(error)}`),
  });

  const ledger = createLedgerWriter({
    path: paths.ledger,
    workerFile: deps.workerFile,
    retentionDays: settings().retentionDays,
    now: Date.now,
    onNotice: post,
    onRecovered: remember,
    onChanges: (changes) => tally.adjust(changes, Date.now()),
  });
  const otel = createOtelExport({
    endpoint: () => settings().otelEndpoint,
    version,
    relayFile: String(deps.workerFile),
    onTrouble: (message) => log.log('warn', `OpenTelemetry export: ${message}`),
  });
  const others = createOtherWays({
    salt,
    workerFile: deps.workerFile,
    marks: paths.transcripts,
    ways: paths.ways,
    nowOf: accounts.nowOf,
    transcripts: () => settings().transcripts,
    fileTurns: createFileTurns({ scope, newId: ulid, hooked: hookDesk.agents }),
    retentionDays: () => settings().retentionDays,
    ledger: () => ledger,
    agentName,
    accountNow,
    flags: scope.flags,
    incidents: incidents.list,
    modeOf: (providerId) => modeOf(settings().modes, providerId),
    onBurns: (burns) => tally.adjust(burns, Date.now()),
    onSameAccount: (same) => fold(same, true),
    onReading: (providerId, accountKey, limits) => onReading(providerId, accountKey, limits, undefined),
    onTrouble: (message) => log.log('error', `agents' own files: ${message}`),
    onChange,
    now: Date.now,
  });
  function fold({ providerId, accountKey, sameAs }: Learned, isNew: boolean): void {
    accounts.remember([{ accountKey, sameAs }]);
    tally.fold(providerId, accountKey, sameAs);
    poller.fold(providerId, accountKey, sameAs);
    if (isNew) ledger.appendAlias({ providerId, accountKey, sameAs, seenAt: Date.now() });
  }
  function remember(start: LedgerStart): void {
    for (const alias of start.aliases) fold(alias, false);
    tally.remember(start);
    sessions.remember(start.sessions);
    others.remember(start.burns);
    strikes.remember(start.policyRefusals);
    scope.remember(start.flags);
    for (const { providerId, accountKey, limits } of start.limits) {
      const asked = limits.filter(({ source }) => source === 'usage-api').map(({ seenAt }) => seenAt);
      if (asked.length > 0) poller.remember(providerId, accounts.nowOf(accountKey), Math.max(...asked));
    }
    onChange();
  }
  takeInLateFlags({
    path: paths.hookFlags,
    newId: ulid,
    remember: scope.remember,
    keep: (row) => ledger.appendScope(row),
  });
  ledger.ready.then(remember).catch((error: unknown) => {
    log.log('error', `what the ledger remembers could not be used: ${framesOf(error)}`);
  });

  return {
    observer,
    desk,
    get inFlight() {
      return Math.max(tally.inFlight, observer.pending);
    },
    view(now) {
      const views = tally
        .accounts(now)
        .map((each) => ({ ...each, strikes: strikes.view(each.providerId, each.accountKey) }));
      const named = keysNamedIn(views);
      return {
        accounts: views,
        sessions: sessions.sessions(named),
        workspaces: sessions.workspaces(named),
        agents: others.agents(
          tally.agents().map((agent) => ({
            ...agent,
            paused: settings().pausedAgents.includes(agent.agentId),
            held: desk.held().get(agent.agentId) ?? 0,
          })),
          hookDesk.agents(),
        ),
        turnFiles: others.turnFiles(),
        recent: tally.recent(),
        inFlight: tally.inFlight,
        exchanges: tally.exchanges,
        incidents: incidents.list(),
        flags: scope.flags().slice(0, 50),
        userPacks: shelf.list(),
        holds: desk.holds(),
        modes: settings().modes,
        transcripts: turnLog.views(),
        paced: desk.lanes(),
        stopped: desk.stops(),
        pacedProviders: settings().pacedProviders,
        guarded: desk.guarded(() => tally.accounts(now)),
        hooked: hookDesk.agents(),
        ledger: { state: ledger.state(), path: paths.ledger },
      };
    },
    report: (since) => makeReport({ ledger, accounts: () => tally.accounts(Date.now()), strikes }, since, Date.now()),
    history: (query) =>
      makeHistory(
        { ledger, accounts: () => tally.accounts(Date.now()), flags: scope.flags, costOf, sessions, agentName },
        query,
        Date.now(),
      ),
    exchanges: (query) => readExchanges(ledger, query),
    settleFlag: (id, action, reason) => scope.settle(id, action, reason),
    taught,
    transcript: (id) => turnLog.transcript(id),
    judge: (asked) => hookDesk.judge(asked),
    statusline: (asked) => others.statusline(asked),
    settingsChanged(patch) {
      if (patch.retentionDays !== undefined) ledger.setRetentionDays(patch.retentionDays);
      if (patch.policyPacks !== undefined) shelf.refresh();
      desk.refresh();
      turnLog.refresh();
      poller.reconsider(Object.keys(patch.plans ?? {}));
      localMeters.reconsider();
      others.reconsider();
      otel.reconsider();
      onChange();
    },
    async close() {
      poller.close();
      localMeters.close();
      await others.close();
      await otel.close();
      await ledger.close();
    },
  };
}

function framesOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return `${error.name} ${frames.join(' ')}`;
}
