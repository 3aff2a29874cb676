/** What the relay knows about being needed. Instants in ms since epoch. */
export interface IdleState {
  readonly now: number;
  /** Last request, subscriber or control call; the start of the relay where there was none. */
  readonly lastActivityAt: number;
  /** Windows and terminals that listen to the Snapshot. */
  readonly subscribers: number;
  readonly inFlight: number;
  /** Agents whose configuration points at this relay. */
  readonly routedAgents: number;
  readonly idleMs: number;
}

export type IdleDecision =
  | { readonly exit: true; readonly reason: 'idle' }
  | {
      readonly exit: false;
      readonly reason: 'in-flight' | 'subscribers' | 'routed' | 'recent';
      /** When the answer can first be another one; undefined where only an event can change it. */
      readonly askAgainAt: number | undefined;
    };

/**
 * Whether an unused relay should end. Pure, never throws. First match:
 *
 * | state | decision |
 * | --- | --- |
 * | an exchange is in flight | stay |
 * | somebody listens | stay |
 * | an agent is routed here | stay |
 * | the last activity is less than `idleMs` ago, or ahead of the clock | stay until then |
 * | else | exit |
 */
export function idleDecision(state: IdleState): IdleDecision {
  if (state.inFlight > 0) return { exit: false, reason: 'in-flight', askAgainAt: undefined };
  if (state.subscribers > 0) return { exit: false, reason: 'subscribers', askAgainAt: undefined };
  if (state.routedAgents > 0) return { exit: false, reason: 'routed', askAgainAt: undefined };
  const idleAt = state.lastActivityAt + state.idleMs;
  if (state.now < idleAt) return { exit: false, reason: 'recent', askAgainAt: idleAt };
  return { exit: true, reason: 'idle' };
}
