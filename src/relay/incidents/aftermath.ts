import type { RequestWay } from '../../agents/request-way.ts';
import type { TurnReading } from '../../agents/turn-kind.ts';

/** What is known of an exchange beyond its record, looked at only where it failed. */
export interface Aftermath {
  /** The provider's own path. */
  readonly path: string;
  /** First part of the body, as latin1 text. */
  readonly bodyStart: () => string;
  /** Our clock minus the provider's, from the answer's `Date`; undefined where it sent none. */
  readonly clockSkewMs: number | undefined;
  /** What the request is for; undefined where it is no chat or its body was not understood. */
  readonly turn: () => TurnReading | undefined;
  /** The same for the same request sent again; made only where it is asked for. */
  readonly fingerprint?: () => string;
  /** How it came; absent where nobody looks. */
  readonly way?: () => RequestWay;
  /** Whether its credential is the login of a subscription. */
  readonly login?: () => boolean;
}
