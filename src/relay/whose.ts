import type { Exchange } from '../core/exchange.ts';
import type { Burn } from '../core/usage.ts';

export interface Owner {
  readonly providerId: string;
  readonly accountKey: string;
}

/** What is known of a turn that nobody saw on its way. */
export interface OwnerClues {
  readonly agentId: string;
  readonly sessionKey: string | undefined;
  readonly model: string | undefined;
  /** What the agent's file or the model's name speaks for. */
  readonly providerId: string | undefined;
}

export interface Whose {
  remember(burns: readonly Burn[]): void;
  /** Gives what turned out to be one account, once; undefined, as a rule, for nothing. See below. */
  relayed(exchange: Exchange): SameAccount | undefined;
  /** Whether a session went through the relay. */
  carries(sessionKey: string): boolean;
  /** Undefined where not even the provider can be told. */
  of(clues: OwnerClues): Owner | undefined;
}

/** An account of this machine's own, and the one of a key that it is. */
export interface SameAccount {
  readonly providerId: string;
  readonly accountKey: string;
  readonly sameAs: string;
}

const MAX = 5000;

/**
 * Whose account a turn draws on that the relay did not carry. First match:
 *
 * | known | account |
 * | --- | --- |
 * | its session went through the relay | the session's |
 * | the agent used this model through the relay | the one it used last |
 * | its provider, and the agent used that through the relay | the one it used last |
 * | its provider, and one account of it | that one |
 * | its provider | one of this machine's own |
 *
 * What came before the relay saw any key is this machine's own. Once every agent it came from has used the provider through the
 * relay, and all with one account, it is that account's.
 *
 * `nowOf` gives the key that an account counts under: several logins of one account are one.
 */
export function createWhose(
  machineKey: (providerId: string) => string,
  nowOf: (accountKey: string) => string = (key) => key,
): Whose {
  /** A hash for each provider, made once: every exchange asks. */
  const machineKeys = new Map<string, string>();
  function machineOf(providerId: string): string {
    let key = machineKeys.get(providerId);
    if (key === undefined) machineKeys.set(providerId, (key = machineKey(providerId)));
    return key;
  }
  const bySession = new Map<string, Owner>();
  const byUse = new Map<string, Owner & { readonly at: number }>();
  const accounts = new Map<string, Set<string>>();
  /** Agents whose turns and figures are this machine's own, by provider. */
  const unowned = new Map<string, Set<string>>();

  function ownOf(providerId: string, agentId: string): string {
    const key = machineOf(providerId);
    if (nowOf(key) === key) unowned.set(providerId, (unowned.get(providerId) ?? new Set()).add(agentId));
    return key;
  }

  function knownOf(providerId: string): ReadonlySet<string> {
    return new Set([...(accounts.get(providerId) ?? [])].map(nowOf));
  }

  function claimed(providerId: string): SameAccount | undefined {
    const agents = unowned.get(providerId);
    if (agents === undefined) return undefined;
    const [sameAs, another] = knownOf(providerId);
    if (sameAs === undefined || another !== undefined) return undefined;
    if (![...agents].every((agentId) => byUse.has(`${agentId}\n${providerId}`))) return undefined;
    unowned.delete(providerId);
    const accountKey = machineOf(providerId);
    return nowOf(accountKey) === accountKey ? { providerId, accountKey, sameAs } : undefined;
  }

  function saw(owner: Owner, agentId: string, model: string | undefined, at: number): void {
    if (owner.accountKey === machineOf(owner.providerId)) return;
    accounts.set(owner.providerId, (accounts.get(owner.providerId) ?? new Set()).add(owner.accountKey));
    for (const use of [`${agentId} ${model?.toLowerCase() ?? ''}`, `${agentId}\n${owner.providerId}`]) {
      if ((byUse.get(use)?.at ?? 0) > at) continue;
      byUse.set(use, { ...owner, at });
      bound(byUse);
    }
  }

  return {
    remember(burns) {
      for (const { providerId, accountKey, agentId, model, minuteAt } of burns) {
        if (accountKey === machineOf(providerId)) ownOf(providerId, agentId);
        else if (accountKey !== '') saw({ providerId, accountKey }, agentId, model, minuteAt);
      }
    },
    relayed({ providerId, accountKey, agentId, sessionKey, modelServed, modelRequested, startedAt }) {
      if (accountKey === undefined) return undefined;
      saw({ providerId, accountKey }, agentId, modelServed ?? modelRequested, startedAt);
      if (sessionKey !== undefined) {
        bySession.set(sessionKey, { providerId, accountKey });
        bound(bySession);
      }
      return claimed(providerId);
    },
    carries: (sessionKey) => bySession.has(sessionKey),
    of({ agentId, sessionKey, model, providerId }) {
      const told =
        (sessionKey === undefined ? undefined : bySession.get(sessionKey)) ??
        (model === undefined ? undefined : byUse.get(`${agentId} ${model.toLowerCase()}`));
      if (told !== undefined) return { providerId: told.providerId, accountKey: nowOf(told.accountKey) };
      if (providerId === undefined) return undefined;
      const used = byUse.get(`${agentId}\n${providerId}`);
      if (used !== undefined) return { providerId, accountKey: nowOf(used.accountKey) };
      const [only, another] = knownOf(providerId);
      if (only !== undefined && another === undefined) return { providerId, accountKey: only };
      return { providerId, accountKey: ownOf(providerId, agentId) };
    },
  };
}

function bound(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    if (map.size <= MAX) return;
    map.delete(key);
  }
}
