import type { DialectId, Exchange } from '../../core/exchange.ts';
import type { Dialect } from '../../core/provider.ts';
import type { Lift } from '../../protocol/control.ts';
import type { RelaySettings } from '../../protocol/relay-settings.ts';
import { errorCatalogues } from '../../providers/errors/list.ts';
import { findProvider, providers } from '../../providers/list.ts';
import { classOfError, classOfReply } from '../error-class.ts';
import type { Gate } from '../gate.ts';
import type { Opening } from '../opening.ts';
import { createPacer, type PacerLaneView } from '../pacer/pacer.ts';
import type { ScopeWatch } from '../scope/scope-watch.ts';
import type { HoldAnswer, HoldView } from '../../core/scope-mode.ts';
import type { AccountView, GuardStanding, Notice } from '../../core/snapshot.ts';
import { createAdmission } from './admission.ts';
import { createGuardDesk, type GuardedAccount } from './guard-desk.ts';
import { createHoldDesk } from './hold-desk.ts';
import { createKeyStops, type KeyStop } from './key-stops.ts';
import { createPausedAgents } from './paused-agents.ts';
import { createScopeDesk } from './scope-desk.ts';

export interface DeskDeps {
  readonly settings: () => RelaySettings;
  readonly newId: (at: number) => string;
  readonly dialects: ReadonlyMap<DialectId, Dialect>;
  readonly accountOf: (opening: Opening) => string | undefined;
  readonly scope: ScopeWatch;
  /** An account's windows and peak hours as they are known now. */
  readonly account: (
    providerId: string,
    accountKey: string,
  ) => Pick<AccountView, 'windows' | 'peak' | 'planId'> | undefined;
  /** Windows that can put a held turn to the user now. */
  readonly asking: () => number;
  /** What broke while a request was decided on; it went on. */
  readonly onTrouble: (error: unknown) => void;
  readonly onNotice: (notice: Notice) => void;
  readonly onChange: () => void;
}

/** All that can stand before requests, and what it holds now. */
export interface AdmissionDesk {
  gateFor(opening: Opening): Gate | undefined;
  /** Looks at how an exchange ended: a policy stop keeps a paced key back. */
  heed(exchange: Exchange): void;
  /** Settings changed: lets go whom they no longer hold. */
  refresh(): void;
  /** Windows came or went: nobody waits for a word that cannot come. */
  windowsChanged(): void;
  /** Turns that wait for the user's word, oldest first. */
  holds(): readonly HoldView[];
  /** False where there is no such hold. */
  answerHold(id: string, answer: HoldAnswer): boolean;
  lift(lift: Lift): boolean;
  lanes(): readonly PacerLaneView[];
  stops(): readonly KeyStop[];
  /** Guards that are reached now, of the accounts given. */
  guarded(accounts: () => readonly GuardedAccount[]): readonly GuardStanding[];
  /** Held requests by agent: of paused ones, those a guard holds, and those that wait for the user's word. */
  held(): ReadonlyMap<string, number>;
}

export function createAdmissionDesk({
  settings,
  newId,
  dialects,
  accountOf,
  scope,
  account,
  asking,
  onNotice,
  onTrouble,
  onChange,
}: DeskDeps): AdmissionDesk {
  const after = (ms: number, work: () => void): (() => void) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  };
  const maxWaitMs = (): number => settings().maxWaitSeconds * 1000;
  const paced = (providerId: string): boolean => settings().pacedProviders.includes(providerId);
  const stops = createKeyStops(onChange);
  const paused = createPausedAgents({ paused: () => settings().pausedAgents, after, onChange });
  const pacer = createPacer({
    now: Date.now,
    random: Math.random,
    after,
    classOf(providerId, reply) {
      const provider = findProvider(providerId);
      return provider === undefined ? 'unknown' : classOfReply(provider, reply, errorCatalogues);
    },
    absorbs: () => settings().absorbRefusals,
    onChange,
  });
  const guards = createGuardDesk({
    now: Date.now,
    after,
    guardOf: (providerId) => settings().guards[providerId],
    providerName: (providerId) => findProvider(providerId)?.name ?? providerId,
    accountOf: account,
    maxWaitMs,
    onNotice,
    onChange,
  });
  const holds = createHoldDesk({
    now: Date.now,
    after,
    newId,
    holdMs: () => settings().holdSeconds * 1000,
    byDefault: () => settings().holdDefault,
    asking,
    onChange,
  });
  const admission = createAdmission({
    now: Date.now,
    newId,
    dialects,
    accountOf,
    paced,
    maxWaitMs,
    paused,
    anyPaused: () => settings().pausedAgents.length > 0,
    stops,
    guards,
    pacer,
    scope: createScopeDesk({
      modes: () => settings().modes,
      planOf: (providerId, accountKey) => account(providerId, accountKey)?.planId,
      scope,
      holds,
    }),
    onTrouble,
  });
  return {
    gateFor: (opening) => admission.gateFor(opening),
    heed({ accountKey, error, providerId, status }) {
      if (accountKey !== undefined) guards.heed(providerId, accountKey);
      const provider = findProvider(providerId);
      if (accountKey === undefined || error === undefined || provider === undefined || !paced(providerId)) return;
      const kind = classOfError(provider, status ?? 0, error, errorCatalogues);
      if (kind.class === 'policy-stop') stops.stop({ providerId, accountKey, code: kind.code, since: Date.now() });
    },
    refresh() {
      paused.refresh();
      guards.refresh();
      for (const { id } of providers) if (!paced(id)) pacer.release(id);
    },
    windowsChanged: () => holds.refresh(),
    holds: () => holds.list(),
    answerHold: (id, answer) => holds.answer(id, answer),
    lift: ({ providerId, accountKey, what }) => (what === 'guard' ? guards : stops).lift(providerId, accountKey),
    lanes: () => pacer.lanes(),
    stops: () => stops.list(),
    guarded: (accounts) => (Object.keys(settings().guards).length === 0 ? [] : guards.standing(accounts())),
    held() {
      const counts = new Map(paused.held());
      for (const [agentId, count] of [...guards.held(), ...holds.held()]) {
        counts.set(agentId, (counts.get(agentId) ?? 0) + count);
      }
      return counts;
    },
  };
}
