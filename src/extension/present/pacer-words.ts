import type { AccountView, AgentView, Snapshot, StoppedKey } from '../../core/snapshot.ts';
import { plainText } from './plain-text.ts';
import type { Voice } from './voice.ts';

/** The queues of one account, added up. */
export interface Queue {
  readonly inFlight: number;
  readonly slots: number;
  readonly waiting: number;
}

/** What the pacer holds for an account; undefined where it holds no queue of it. */
export function queueOf(snapshot: Snapshot, account: AccountView): Queue | undefined {
  const lanes = snapshot.paced.filter(
    ({ providerId, accountKey }) => providerId === account.providerId && accountKey === account.accountKey,
  );
  if (lanes.length === 0) return undefined;
  const sum = (key: keyof Queue) => lanes.reduce((total, lane) => total + lane[key], 0);
  return { inFlight: sum('inFlight'), slots: sum('slots'), waiting: sum('waiting') };
}

/** Whether a provider's requests are queued, also while nobody waits. */
export function isPaced(snapshot: Snapshot, providerId: string): boolean {
  return (
    snapshot.pacedProviders?.includes(providerId) === true ||
    snapshot.paced.some((lane) => lane.providerId === providerId)
  );
}

/** `3/2 waiting 1`: in flight, slots, queue. */
export function drawQueue({ t }: Voice, { inFlight, slots, waiting }: Queue): string {
  return t('{0}/{1} waiting {2}', inFlight, slots, waiting);
}

/** `3 in flight, 2 slots, 1 waiting` */
export function sayQueue({ t }: Voice, { inFlight, slots, waiting }: Queue): string {
  return t('slowed down: {0} in flight, slots {1}, {2} waiting', inFlight, slots, waiting);
}

/** The stop of an account's key; undefined where its traffic runs. */
export function stopOf(snapshot: Snapshot, account: AccountView): StoppedKey | undefined {
  return snapshot.stopped.find(
    ({ providerId, accountKey }) => providerId === account.providerId && accountKey === account.accountKey,
  );
}

/** Agents that are paused and hold requests, by name. */
export function heldAgents(snapshot: Snapshot): readonly AgentView[] {
  return snapshot.agents.filter(({ paused, held }) => paused && held > 0);
}

/** `Cline paused, 2 held`; undefined where nothing is held. */
export function sayHeld({ t }: Voice, snapshot: Snapshot): string | undefined {
  const held = heldAgents(snapshot);
  if (held.length === 0) return undefined;
  return held
    .map(({ agentName, held: count }) => t('{0} paused, {1} held', plainText(agentName, 40), count))
    .join(', ');
}
