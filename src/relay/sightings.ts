import { SEEN_WAYS, type SeenWay } from '../core/seen-turn.ts';
import type { AgentView, SeenVia } from '../core/snapshot.ts';
import { readWays, writeWays } from './ways-file.ts';

export interface Sightings {
  saw(way: SeenWay, agentId: string, providerId: string, at: number): void;
  /** Agents with the ways in which each is seen; those the relay does not carry are added. */
  with(agents: readonly AgentView[]): readonly AgentView[];
  /** Writes down what is new. */
  close(): void;
}

const SAVE_MS = 60_000;

/** By which ways each agent is seen, also before this start: `path` is the file that says so. No method throws. */
export function createSightings(agentName: (agentId: string) => string, path: string): Sightings {
  const seen = new Map<string, { agentId: string; providerId: string; ways: Map<SeenWay, number> }>();
  let saving: NodeJS.Timeout | undefined;
  for (const { agentId, providerId, ways } of readWays(path)) {
    const known = SEEN_WAYS.flatMap((way) => (ways[way] === undefined ? [] : [[way, ways[way]] as const]));
    seen.set(`${agentId}\n${providerId}`, { agentId, providerId, ways: new Map(known) });
  }

  function save(): void {
    clearTimeout(saving);
    saving = undefined;
    writeWays(
      path,
      [...seen.values()].map((each) => ({ ...each, ways: Object.fromEntries(each.ways) })),
    );
  }

  return {
    saw(way, agentId, providerId, at) {
      if (agentId === '' || providerId === '') return;
      const key = `${agentId}\n${providerId}`;
      let of = seen.get(key);
      if (of === undefined) seen.set(key, (of = { agentId, providerId, ways: new Map() }));
      const before = of.ways.get(way) ?? 0;
      if (at <= before) return;
      of.ways.set(way, at);
      if (saving !== undefined) return;
      saving = setTimeout(save, SAVE_MS);
      saving.unref();
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
    close: () => void (saving === undefined || save()),
  };
}

function waysOf(ways: ReadonlyMap<SeenWay, number> | undefined): readonly SeenVia[] {
  return SEEN_WAYS.flatMap((way) => {
    const lastAt = ways?.get(way);
    return lastAt === undefined ? [] : [{ way, lastAt }];
  });
}
