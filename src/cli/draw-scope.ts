import { agentName } from '../agents/list.ts';
import type { Flag, FlagActed, HeldBy } from '../core/flag.ts';
import type { Snapshot } from '../core/snapshot.ts';

const MOST_FLAGS = 3;

/** Held turns, modes beyond observe and the newest flags, as lines of at most 100 characters. Pure; nothing where there is nothing. */
export function drawScope(snapshot: Snapshot, now: number): readonly string[] {
  const { holds = [], modes = {}, flags } = snapshot;
  const acting = Object.entries(modes).filter(([, mode]) => mode !== 'observe');
  const more = flags.length - MOST_FLAGS;
  return [
    ...holds.map(({ agentId, providerId, category, byDefault, untilAt }) => {
      const seconds = Math.max(0, Math.ceil((untilAt - now) / 1000));
      const then = byDefault === 'send' ? 'sent' : 'stopped';
      return `HELD: ${agentName(agentId)} to ${providerId}, ${category ?? 'not coding'}; ${then} in ${seconds} s if nobody answers in VS Code`;
    }),
    ...(acting.length === 0 ? [] : [`mode: ${acting.map(([key, mode]) => `${key} ${mode}`).join(', ')}`]),
    ...flags.slice(0, MOST_FLAGS).map((flag) => drawFlag(flag, now)),
    ...(more > 0 ? [`and ${more} more open flags (planward report)`] : []),
  ].map((line) => `  ${line}`.slice(0, 100));
}

function drawFlag({ at, agentId, providerId, category, because, pOffScope, acted, heldBy }: Flag, now: number): string {
  const about = category === undefined ? because : `${category} ${Math.floor(pOffScope * 100)}%`;
  const minutes = Math.floor((now - at) / 60_000);
  const age = minutes < 60 ? `${minutes} m` : `${Math.floor(minutes / 60)} h`;
  return `flag: ${agentName(agentId)} to ${providerId}, ${about}; ${sayActed(acted, heldBy)}, ${age} ago`;
}

function sayActed(acted: FlagActed, heldBy: HeldBy = 'user'): string {
  const by = { user: 'on your word', time: 'when the time was over', nobody: 'unasked, no window was open' }[heldBy];
  return {
    passed: 'let through',
    warned: 'let through, told as it came',
    sent: `sent ${by}`,
    stopped: `stopped ${by}`,
    blocked: 'stopped',
  }[acted];
}
