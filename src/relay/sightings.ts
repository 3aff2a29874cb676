import { SEEN_WAYS, type SeenWay } from '../core/seen-turn.ts';
import type { AgentView, SeenVia } from '../core/snapshot.ts';

export interface Sightings {
  saw(way: SeenWay, agentId: string, providerId: string, at: number): void;
  /** Agents with the ways in which each is seen; those the relay does not carry are added. */
  with(agents: readonly AgentView[]): readonly AgentView[];
}

/** By which ways each agent is seen, since this start. */
export function createSightings(agentName: (agentId: string) => string): Sightings {
  const seen = new Map<string, { agentId: string; providerId: string; ways: Map<SeenWay, number> }>();
  return {
    saw(way, agentId, providerId, at) {
      const key = `${agentId}\n${providerId}`;
      let of = seen.get(key);
      if (of === undefined) seen.set(key, (of = { agentId, providerId, ways: new Map() }));
      of.ways.set(way, Math.max(of.ways.get(way) ?? 0, at));
    },
    with(agents) {
      const listed = new Set(agents.map(({ agentId, providerId }) => `${agentId}\n${providerId}`));
      const others = [...seen].filter(([key]) => !listed.has(key));
      return [
        ...agents.map((agent) => {
          const ways = waysOf(seen.get(`${agent.agentId}\n${agent.providerId}`)?.ways);
          return ways.length === 0 ? agent : { ...agent, ways };
        }),
        ...others.map(([, { agentId, providerId, ways }]) => ({
          agentId,
          agentName: agentName(agentId),
          providerId,
          lastSeenAt: Math.max(...ways.values()),
          inFlight: 0,
          requests: 0,
          paused: false,
          held: 0,
          ways: waysOf(ways),
        })),
      ];
    },
  };
}

function waysOf(ways: ReadonlyMap<SeenWay, number> | undefined): readonly SeenVia[] {
  return SEEN_WAYS.flatMap((way) => {
    const lastAt = ways?.get(way);
    return lastAt === undefined ? [] : [{ way, lastAt }];
  });
}
