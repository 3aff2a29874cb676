import type { ProviderOrigin } from '../agents/relay-url.ts';
import { connectAgent } from '../connect/connect-agent.ts';
import { proxyObstacle } from '../connect/loopback-proxy.ts';
import type { ProxyObstacle } from '../connect/loopback-proxy.ts';
import { findOverrides } from '../connect/overrides.ts';
import { planConnection } from '../connect/plan-connection.ts';
import type { ConnectPlan, ConnectRefusal } from '../connect/plan-connection.ts';
import type { Agent } from '../core/agent.ts';
import { providers } from '../providers/list.ts';
import { placesHere } from './places.ts';

/** The relay that agents are pointed at. */
export interface RelayPlace {
  readonly home: string;
  /** `http://127.0.0.1:7526` */
  readonly origin: string;
  /** Addresses that the user's settings re-point providers to. */
  readonly gateways: readonly ProviderOrigin[];
}

/** One way to connect an agent. */
export interface Option {
  /** Undefined: whatever the agent uses now. */
  readonly providerId: string | undefined;
  /** Providers it will reach through the relay. */
  readonly reaches: readonly string[];
  readonly plan: ConnectPlan;
}

export type Options =
  | { readonly ok: true; readonly options: readonly Option[] }
  | { readonly ok: false; readonly refusal: ConnectRefusal };

/** How an agent can be connected: keeping what it uses first, then each provider that its file can be set to. Writes nothing. */
export function optionsFor(agent: Agent, relay: RelayPlace): Options {
  const kept = plan(agent, relay, undefined, false);
  const asIs: Option[] = kept.ok ? [{ providerId: undefined, reaches: reachedBy(kept), plan: kept }] : [];
  const others = Object.keys(agent.connection?.directUrls ?? {}).flatMap((providerId): Option[] => {
    if (asIs.some(({ reaches }) => reaches.includes(providerId))) return [];
    const other = plan(agent, relay, providerId, false);
    return other.ok ? [{ providerId, reaches: [providerId], plan: other }] : [];
  });
  const options = [...asIs, ...others];
  return options.length === 0 && !kept.ok ? { ok: false, refusal: kept } : { ok: true, options };
}

/** The plan of an option as things are now, with or without NO_PROXY in the agent's own file. */
export function planAgain(
  agent: Agent,
  relay: RelayPlace,
  option: Option,
  noProxy: boolean,
): ConnectPlan | ConnectRefusal {
  return plan(agent, relay, option.providerId, noProxy);
}

/** The plan for one provider, or why there is none. */
export function planFor(agent: Agent, relay: RelayPlace, providerId: string): ConnectPlan | ConnectRefusal {
  return plan(agent, relay, providerId, false);
}

/** Writes a plan to the agent's file and the journal; plans again where somebody wrote the file in between. Never throws. */
export function carryOut(
  agent: Agent,
  relay: RelayPlace,
  option: Option,
  deps: { readonly noProxy: boolean; readonly now: number; readonly newId: () => string },
): { readonly ok: true } | { readonly ok: false; readonly message: string; readonly hints: readonly string[] } {
  for (let tries = 0; ; tries++) {
    const now = planAgain(agent, relay, option, deps.noProxy);
    if (!now.ok) return now;
    const done = connectAgent(now, { home: relay.home, now: deps.now, newId: deps.newId });
    if (done.ok) return { ok: true };
    if (done.reason !== 'changed' || tries >= 3) return { ok: false, message: done.message, hints: [] };
  }
}

/** What may keep an agent from reaching the relay. */
export interface Obstacles {
  /** Files and variables that win over the agent's own file. */
  readonly overrides: readonly string[];
  readonly proxy: ProxyObstacle | undefined;
}

export function obstaclesFor(agent: Agent, folder: string | undefined): Obstacles {
  const places = placesHere();
  return {
    overrides: findOverrides(agent, places, folder).map(({ where }) => where),
    proxy: proxyObstacle(places.env),
  };
}

function plan(agent: Agent, relay: RelayPlace, providerId: string | undefined, noProxy: boolean) {
  return planConnection({
    agent,
    places: placesHere(),
    relayOrigin: relay.origin,
    providerId,
    providerIds: providers.filter(({ relayed }) => relayed !== false).map(({ id }) => id),
    origins: relay.gateways,
    noProxy,
  });
}

function reachedBy({ changes }: ConnectPlan): string[] {
  const named = changes.map(({ providerId }) => providerId).filter((id) => id !== '');
  return [...new Set(named)];
}
