import type { TurnReading } from '../../agents/turn-kind.ts';
import type { Refused } from '../refuse.ts';

/** What is known of a request once its body is here. */
export interface Arrived extends Refused {
  readonly providerId: string;
  readonly accountKey: string | undefined;
  readonly turn: TurnReading | undefined;
}
