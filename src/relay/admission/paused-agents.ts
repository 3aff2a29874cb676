/** Requests of paused agents, held until the agent is resumed. */
export interface PausedAgents {
  readonly has: (agentId: string) => boolean;
  /** `resumed` when it may go on, `timeout` after `maxMs`, `left` where the agent went away. */
  hold(agentId: string, maxMs: number): { readonly over: Promise<'resumed' | 'timeout' | 'left'>; leave(): void };
  /** Looks anew at who is paused. */
  refresh(): void;
  /** Held requests by agent. */
  held(): ReadonlyMap<string, number>;
}

export interface PausedAgentsDeps {
  readonly paused: () => readonly string[];
  readonly after: (ms: number, work: () => void) => () => void;
  readonly onChange: () => void;
}

export function createPausedAgents(deps: PausedAgentsDeps): PausedAgents {
  const waiting = new Set<{
    readonly agentId: string;
    readonly settle: (how: 'resumed' | 'timeout' | 'left') => void;
  }>();
  const has = (agentId: string) => deps.paused().includes(agentId);
  return {
    has,
    hold(agentId, maxMs) {
      const { promise, resolve } = Promise.withResolvers<'resumed' | 'timeout' | 'left'>();
      const cancel = deps.after(maxMs, () => place.settle('timeout'));
      const place = {
        agentId,
        settle(how: 'resumed' | 'timeout' | 'left') {
          if (!waiting.delete(place)) return;
          cancel();
          resolve(how);
          deps.onChange();
        },
      };
      waiting.add(place);
      deps.onChange();
      return { over: promise, leave: () => place.settle('left') };
    },
    refresh() {
      for (const place of waiting) if (!has(place.agentId)) place.settle('resumed');
    },
    held() {
      const counts = new Map<string, number>();
      for (const { agentId } of waiting) counts.set(agentId, (counts.get(agentId) ?? 0) + 1);
      return counts;
    },
  };
}
