import type { Burn } from '../core/usage.ts';

/** Requests of one agent that follow each other closer than this belong to one turn of the user's. */
const TURN_GAP_MS = 3 * 60_000;
const LAST_TURNS = 10;
const MIN_TURNS = 3;

/**
 * What one of the last ten turns cost in the middle (the median, so that one long one does not speak for all), in the measure
 * of `weigh`. A turn is a run of one agent's requests without a pause; burns carry no better mark. Undefined where there were
 * fewer than three.
 */
export function costOfTurns(burns: readonly Burn[], weigh: (burn: Burn) => number): number | undefined {
  const open = new Map<string, Turn>();
  const turns: Turn[] = [];
  for (const burn of burns.toSorted((a, b) => a.minuteAt - b.minuteAt)) {
    if (burn.requests === 0) continue;
    let turn = open.get(burn.agentId);
    if (turn === undefined || burn.minuteAt - turn.endedAt > TURN_GAP_MS) {
      turn = { endedAt: burn.minuteAt, cost: 0 };
      turns.push(turn);
      open.set(burn.agentId, turn);
    }
    turn.endedAt = burn.minuteAt;
    turn.cost += weigh(burn);
  }
  const last = turns.toSorted((a, b) => b.endedAt - a.endedAt).slice(0, LAST_TURNS);
  if (last.length < MIN_TURNS) return undefined;
  const costs = last.map(({ cost }) => cost).toSorted((a, b) => a - b);
  return costs[Math.floor(costs.length / 2)];
}

interface Turn {
  endedAt: number;
  cost: number;
}
