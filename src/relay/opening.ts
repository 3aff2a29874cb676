import type { DialectId, Operation } from '../core/exchange.ts';
import type { Headers } from '../core/provider.ts';
import type { Upstream } from './upstreams.ts';

/** What an exchange is known by when its request head has been read. */
export interface Opening {
  readonly upstream: Upstream;
  readonly method: string;
  /** The provider's own path, without query. */
  readonly path: string;
  /** With query: some keys travel in it. Looked at, never kept. */
  readonly url: string;
  readonly headers: Headers;
  readonly operation: Operation;
  readonly dialect: DialectId | undefined;
  /** Model where the path names it. */
  readonly model: string | undefined;
  /** Length of the body where the head says it. */
  readonly expectedBytes: number | undefined;
  /** From an `@agent` prefix. */
  readonly agentId: string | undefined;
}

/** The part of an exchange that counts while it is in flight. */
export interface Opened {
  readonly id: string;
  readonly startedAt: number;
  readonly providerId: string;
  readonly accountKey: string | undefined;
  /** Recognised from the head or the prefix; `unknown` until the body is read. */
  readonly agentId: string;
}
