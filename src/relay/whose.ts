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
  relayed(exchange: Exchange): void;
  /** Undefined where not even the provider can be told. */
  of(clues: OwnerClues): Owner | undefined;
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
        if (accountKey !== '') saw({ providerId, accountKey }, agentId, model, minuteAt);
      }
    },
    relayed({ providerId, accountKey, agentId, sessionKey, modelServed, modelRequested, startedAt }) {
      if (accountKey === undefined) return;
      saw({ providerId, accountKey }, agentId, modelServed ?? modelRequested, startedAt);
      if (sessionKey === undefined) return;
      bySession.set(sessionKey, { providerId, accountKey });
      bound(bySession);
    },
    of({ agentId, sessionKey, model, providerId }) {
      const told =
        (sessionKey === undefined ? undefined : bySession.get(sessionKey)) ??
        (model === undefined ? undefined : byUse.get(`${agentId} ${model.toLowerCase()}`));
      if (told !== undefined) return { providerId: told.providerId, accountKey: nowOf(told.accountKey) };
      if (providerId === undefined) return undefined;
      const used = byUse.get(`${agentId}\n${providerId}`);
      const known = new Set([...(accounts.get(providerId) ?? [])].map(nowOf));
      const only = known.size === 1 ? [...known][0] : undefined;
      return { providerId, accountKey: used === undefined ? (only ?? machineOf(providerId)) : nowOf(used.accountKey) };
    },
  };
}

function bound(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    if (map.size <= MAX) return;
    map.delete(key);
  }
}
