import { agentName } from '../../agents/list.ts';
import { scopeTurn, type TurnReading } from '../../agents/turn-kind.ts';
import type { Exchange } from '../../core/exchange.ts';
import type { Attempt, Failure, FailureContext, Incident } from '../../core/incident.ts';
import type { AccountView, IncidentView } from '../../core/snapshot.ts';
import { foldIncidents } from '../../explain/fold-incidents.ts';
import { findGatedIdentity } from '../../explain/gated-identity.ts';
import { errorCatalogues } from '../../providers/errors/list.ts';
import { findProvider } from '../../providers/list.ts';
import { failureOfError } from '../error-class.ts';
import type { Opened } from '../opening.ts';
import type { Aftermath } from './aftermath.ts';
import { createRecentTraffic, type Passage } from './recent-traffic.ts';

export interface IncidentWatchDeps {
  readonly accountOf: (providerId: string, accountKey: string | undefined) => AccountView | undefined;
  /** What the plan's terms say of a tool. */
  readonly toolSupport: (providerId: string, agentId: string) => FailureContext['toolSupport'];
  readonly outboundProxy: boolean;
  readonly timeZone: string;
}

export interface IncidentWatch {
  opened(opened: Opened): void;
  closed(exchange: Exchange, aftermath: Aftermath): void;
  /** Newest first, at most 20. */
  list(): readonly IncidentView[];
}

const KEPT = 20;

/** Folds failed exchanges into explained incidents, with what was going on around each. */
export function createIncidentWatch(deps: IncidentWatchDeps): IncidentWatch {
  const traffic = createRecentTraffic();
  const policyStops = new Map<string, { count: number; lastAt: number }>();
  let incidents: readonly Incident[] = [];

  function attemptOf(exchange: Exchange, passage: Passage, aftermath: Aftermath): Attempt {
    const failure = failureOf(exchange);
    const model = exchange.modelRequested;
    return {
      id: exchange.id,
      at: passage.endedAt,
      providerId: exchange.providerId,
      accountKey: exchange.accountKey,
      agentId: exchange.agentId,
      product: exchange.agentProduct,
      model,
      // Asked for only where there is something to fold into.
      turnKey:
        failure !== undefined || incidents.some(({ openUntil }) => openUntil >= passage.endedAt)
          ? (aftermath.fingerprint?.() ?? `${exchange.requestBytes}`)
          : undefined,
      failure,
      context: failure === undefined ? {} : contextOf(exchange, passage, aftermath),
    };
  }

  function contextOf(exchange: Exchange, passage: Passage, aftermath: Aftermath): FailureContext {
    const account = deps.accountOf(exchange.providerId, exchange.accountKey);
    const provider = findProvider(exchange.providerId);
    const body = aftermath.bodyStart();
    const covered = provider?.poll?.covers(aftermath.path);
    return {
      ...traffic.around(passage),
      windows: account?.windows,
      peak: account?.peak,
      identity: body === '' ? undefined : findGatedIdentity(body, exchange.providerId, errorCatalogues),
      toolSupport: deps.toolSupport(exchange.providerId, exchange.agentId),
      policyStops: policyStops.get(`${exchange.providerId} ${exchange.accountKey}`),
      endpoint: covered === undefined ? undefined : covered ? 'plan' : 'balance',
      clockSkewMs: aftermath.clockSkewMs,
      outboundProxy: deps.outboundProxy,
      now: passage.endedAt,
      providerName: provider?.name,
      agentName: exchange.agentId === 'unknown' ? undefined : agentName(exchange.agentId),
      model: exchange.modelRequested,
      timeZone: deps.timeZone,
    };
  }

  return {
    opened(opened) {
      traffic.opened(opened.id, opened.startedAt, opened.providerId, opened.accountKey);
    },
    closed(exchange, aftermath) {
      const passage = passageOf(exchange, aftermath.turn());
      traffic.closed(passage);
      if (exchange.operation !== 'chat' || exchange.outcome === 'refused' || exchange.outcome === 'aborted') return;
      const attempt = attemptOf(exchange, passage, aftermath);
      if (attempt.failure === undefined && incidents.length === 0) return;
      incidents = foldIncidents([attempt], errorCatalogues, incidents).slice(-KEPT);
      const mine = incidents.find(({ timeline }) => timeline.at(-1)?.id === exchange.id);
      if (attempt.failure !== undefined && mine?.explanation.class === 'policy-stop') {
        const key = `${exchange.providerId} ${exchange.accountKey}`;
        policyStops.set(key, { count: (policyStops.get(key)?.count ?? 0) + 1, lastAt: passage.endedAt });
      }
    },
    list: () => incidents.map(viewOf).toReversed(),
  };
}

function passageOf(exchange: Exchange, turn: TurnReading | undefined): Passage {
  const failed = exchange.error !== undefined || (exchange.status ?? 0) >= 400;
  const answered = exchange.outcome === 'completed' || exchange.outcome === 'absorbed';
  return {
    id: exchange.id,
    providerId: exchange.providerId,
    accountKey: exchange.accountKey,
    agentId: exchange.agentId,
    model: exchange.modelRequested,
    startedAt: exchange.startedAt,
    endedAt: exchange.startedAt + Math.round(exchange.durationMs),
    refused: answered ? failed : undefined,
    side: turn === undefined ? undefined : scopeTurn(turn) === 'side' && turn.kind !== 'tool-result',
  };
}

/** Undefined where the exchange went through. A stream cut by the upstream is no refusal, but no success either. */
function failureOf(exchange: Exchange): Failure | undefined {
  const { error, status, providerId } = exchange;
  if (error === undefined && (status ?? 0) < 400) return undefined;
  return failureOfError(providerId, status, error, errorCatalogues, exchange.startedAt);
}

function viewOf(incident: Incident): IncidentView {
  const { id, providerId, accountKey, agentId, products, model, startedAt, lastAt, openUntil } = incident;
  const { attempts, turns, recoveredAt, timeline, explanation } = incident;
  return {
    id,
    providerId,
    accountKey,
    agentId,
    products,
    model,
    startedAt,
    lastAt,
    openUntil,
    attempts,
    turns,
    recoveredAt,
    timeline,
    explanation,
  };
}
