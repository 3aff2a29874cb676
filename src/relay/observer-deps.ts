import type { SessionRequest } from '../agents/session.ts';
import type { RetryMemory } from '../agents/retries.ts';
import type { DialectId, Exchange, ProviderError } from '../core/exchange.ts';
import type { Dialect, Headers } from '../core/provider.ts';
import type { Afterwards } from './afterwards.ts';
import type { Aftermath } from './incidents/aftermath.ts';
import type { SessionKeys } from './session-book.ts';
import type { Opened, Opening } from './opening.ts';

/** What watching an exchange asks of the relay. */
export interface ObserverDeps {
  readonly now: () => number;
  readonly newId: (at: number) => string;
  readonly dialects: ReadonlyMap<DialectId, Dialect>;
  /** Account of a request's credential; undefined where it carries none. */
  readonly accountOf: (opening: Opening) => string | undefined;
  /** The error without the credential of its request, where it repeats it. */
  readonly redact?: (opening: Opening, error: ProviderError | undefined) => ProviderError | undefined;
  readonly recogniseAgent: (headers: Headers, bodyStart: string) => string;
  /** The account where the body names it; undefined where the head's holds. */
  readonly accountOfBody?: (
    opening: Opening,
    body: Readonly<Record<string, unknown>> | undefined,
  ) => string | undefined;
  /** Session and folder of a chat; absent where nobody asks. */
  readonly sessionOf?: (request: SessionRequest) => SessionKeys;
  /** An exchange began; `done` is called with it when it is over and read. */
  readonly onOpen: (opened: Opened) => void;
  readonly onClose: (opened: Opened, exchange: Exchange, aftermath: Aftermath) => void;
  /** An attempt of an exchange that is still open ended in a refusal that was waited out. */
  readonly onAbsorbed: (exchange: Exchange, aftermath: Aftermath) => void;
  readonly onTrouble: (where: string, error: unknown) => void;
  readonly afterwards: Afterwards;
  /** Tells requests that are tried again from new ones; absent: all are new. */
  readonly retries?: RetryMemory;
}
