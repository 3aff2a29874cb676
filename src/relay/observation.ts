import { readRequestWay } from '../agents/request-way.ts';
import type { SessionRequest } from '../agents/session.ts';
import type { RetryMemory } from '../agents/retries.ts';
import { readTurn, type TurnReading } from '../agents/turn-kind.ts';
import type { DialectId, Exchange, Operation, Outcome, ProviderError } from '../core/exchange.ts';
import { header, type Dialect, type Headers } from '../core/provider.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import type { Afterwards } from './afterwards.ts';
import { failureFacts, requestIdOf } from './failed-request.ts';
import { burnKindOf } from './burn-kind.ts';
import type { Aftermath } from './incidents/incident-watch.ts';
import { createRequestCopy } from './request-copy.ts';
import { fingerprintOf } from './request-fingerprint.ts';
import type { TapReading } from './response-sinks.ts';
import type { SessionKeys } from './session-book.ts';
import { createResponseTap, type ResponseTap } from './response-tap.ts';
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

/** Follows one exchange from beside it. No method throws or waits. */
export interface Observation {
  requestPayload(payload: Buffer): void;
  responseHead(status: number, headers: Headers): void;
  responsePayload(payload: Buffer): void;
  /** A refusal was waited out: the agent has not seen it, and the same request goes out once more. */
  absorbed(status: number, headers: Headers, payload: Buffer): void;
  /** Once, when the exchange is over for the agent. */
  end(outcome: Outcome, status?: number): void;
}

export interface Observer {
  open(opening: Opening): Observation;
  /** Exchanges opened and not yet read to their end, the watching of which may still be to come. */
  readonly pending: number;
}

export interface ObserverDeps {
  readonly now: () => number;
  readonly newId: (at: number) => string;
  readonly dialects: ReadonlyMap<DialectId, Dialect>;
  /** Account of a request's credential; undefined where it carries none. */
  readonly accountOf: (opening: Opening) => string | undefined;
  /** The error without the credential of its request, where it repeats it. */
  readonly redact?: (opening: Opening, error: ProviderError | undefined) => ProviderError | undefined;
  readonly recogniseAgent: (headers: Headers, bodyStart: string) => string;
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

/** The part of an exchange that counts while it is in flight. */
export interface Opened {
  readonly id: string;
  readonly startedAt: number;
  readonly providerId: string;
  readonly accountKey: string | undefined;
  /** Recognised from the head or the prefix; `unknown` until the body is read. */
  readonly agentId: string;
}

const NO_READING: TapReading = {
  usage: undefined,
  modelServed: undefined,
  stopReason: undefined,
  error: undefined,
  complete: false,
  limits: [],
};

/** Watches exchanges and turns each into one `Exchange`, read after its last byte was passed on. */
export function createObserver(deps: ObserverDeps): Observer {
  function guarded(where: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      deps.onTrouble(where, error);
    }
  }

  /** Guarded work for after the bytes at hand were passed on. */
  function later(where: string, bytes: number, work: () => void): void {
    deps.afterwards.add(() => guarded(where, work), bytes);
  }

  let pending = 0;
  return {
    open(opening) {
      const startedAt = deps.now();
      const startedTick = performance.now();
      const copy = createRequestCopy(opening.expectedBytes);
      let opened: Opened = {
        id: deps.newId(startedAt),
        startedAt,
        providerId: opening.upstream.providerId,
        accountKey: undefined,
        agentId: opening.agentId ?? 'unknown',
      };
      pending += 1;
      // Who sends it can wait until its bytes are on their way.
      later('open', 0, () => {
        opened = {
          ...opened,
          accountKey: deps.accountOf(opening),
          agentId: opening.agentId ?? deps.recogniseAgent(opening.headers, ''),
        };
      });
      later('open', 0, () => deps.onOpen(opened));
      let tap: ResponseTap | undefined;
      let status: number | undefined;
      let firstByteMs: number | undefined;
      let responseBytes = 0;
      let limits: readonly RateLimit[] = [];
      let ended = false;

      let requestId: string | undefined;
      let clockSkewMs: number | undefined;
      const aftermath: Aftermath = {
        path: opening.path,
        bodyStart: () => copy.start(),
        get clockSkewMs() {
          return clockSkewMs;
        },
        turn: () => (turn ??= readNow()),
        way: () => readRequestWay(opening.headers, copy.facts().body),
        login: () => {
          const { provider } = opening.upstream;
          const credential = provider.credential(opening.headers, opening.url);
          return credential !== undefined && provider.isLogin?.(credential) === true;
        },
        fingerprint: () => fingerprint(),
      };
      let turn: TurnReading | undefined;
      function readNow(): TurnReading | undefined {
        const { body } = copy.facts();
        const { dialect, headers, operation } = opening;
        const readable = operation === 'chat' && dialect !== undefined && body !== undefined;
        if (!readable) return undefined;
        return readTurn({ headers, body, dialect, repeated: deps.retries?.repeats(fingerprint, startedAt) === true });
      }
      let print: string | undefined;
      const fingerprint = (): string => (print ??= fingerprintOf(opened.accountKey, sessionHintOf(opening.headers), copy));
      /** Only what failed is tried again, so that nothing else costs a fingerprint. */
      function remember(outcome: Outcome, { error }: TapReading): void {
        if (opening.operation !== 'chat' || outcome === 'refused') return;
        if (error !== undefined || outcome === 'upstream-failed' || (status ?? 0) >= 400) {
          deps.retries?.failed(fingerprint(), deps.now());
        } else deps.retries?.passed(fingerprint);
      }
      const spanMs = () => Math.round((performance.now() - startedTick) * 1000) / 1000;
      const tapFor = (code: number, headers: Headers) =>
        createResponseTap({
          provider: opening.upstream.provider,
          dialect: opening.dialect === undefined ? undefined : deps.dialects.get(opening.dialect),
          status: code,
          headers,
          now: deps.now,
        });

      function exchangeOf(outcome: Outcome, durationMs: number, reading: TapReading): Exchange {
        const exchange = recordOf(outcome, durationMs, reading);
        return { ...exchange, ...failureFacts(exchange, requestId, opening.headers) };
      }

      function recordOf(outcome: Outcome, durationMs: number, reading: TapReading): Exchange {
        const facts = copy.facts();
        const { headers } = opening;
        const agentId = opened.agentId === 'unknown' ? deps.recogniseAgent(headers, copy.start()) : opened.agentId;
        const kind = burnKindOf(aftermath.turn());
        return {
          ...opened,
          agentId,
          ...(kind === undefined ? {} : { kind }),
          ...(opening.operation === 'chat'
            ? deps.sessionOf?.({ agentId, headers, body: facts.body, bodyStart: () => copy.start() })
            : {}),
          operation: opening.operation,
          dialect: opening.dialect,
          modelRequested: facts.model ?? opening.model,
          modelServed: reading.modelServed,
          streamed: facts.stream,
          requestReading: facts.reading,
          outcome,
          status,
          firstByteMs,
          durationMs,
          requestBytes: copy.bytes,
          responseBytes,
          usage: reading.usage,
          stopReason: reading.stopReason,
          error: deps.redact === undefined ? reading.error : deps.redact(opening, reading.error),
          ...(reading.responseId === undefined ? {} : { responseId: reading.responseId }),
          limits: [...limits, ...reading.limits],
        };
      }

      return {
        requestPayload(payload) {
          copy.push(payload);
        },
        responseHead(code, headers) {
          status = code;
          firstByteMs = spanMs();
          later('head', 0, () => {
            limits = opening.upstream.provider.readLimits(code, headers, deps.now());
            tap = opening.method === 'HEAD' ? undefined : tapFor(code, headers);
            clockSkewMs = skewOf(headers, deps.now());
            requestId = requestIdOf(headers);
          });
        },
        responsePayload(payload) {
          responseBytes += payload.length;
          later('tap', payload.length, () => tap?.push(payload));
        },
        absorbed(code, headers, payload) {
          const durationMs = spanMs();
          later('absorbed', payload.length, () => {
            const refusal = tapFor(code, headers);
            const tell = (reading: TapReading | undefined) =>
              guarded('absorbed', () =>
                deps.onAbsorbed(
                  {
                    ...exchangeOf('absorbed', durationMs, reading ?? NO_READING),
                    id: deps.newId(deps.now()),
                    status: code,
                    responseBytes: payload.length,
                  },
                  aftermath,
                ),
              );
            refusal?.push(payload);
            if (refusal === undefined) tell(undefined);
            else refusal.end(true, tell);
          });
        },
        end(outcome, code) {
          if (ended) return;
          ended = true;
          status ??= code;
          const durationMs = spanMs();
          const finish = (reading: TapReading | undefined) => {
            pending -= 1;
            guarded('close', () => {
              const exchange = exchangeOf(outcome, durationMs, reading ?? NO_READING);
              deps.onClose(opened, exchange, aftermath);
              remember(outcome, reading ?? NO_READING);
              copy.drop();
            });
          };
          later('end', 0, () => {
            if (tap === undefined) finish(undefined);
            else tap.end(outcome === 'completed', finish);
          });
        },
      };
    },
    get pending() {
      return pending;
    },
  };
}

/** What a client says of its session in the head, whichever field it uses. */
function sessionHintOf(headers: Headers): string {
  return SESSION_FIELDS.map((name) => header(headers, name) ?? '').join('\n');
}

const SESSION_FIELDS = ['x-claude-code-session-id', 'x-session-id', 'session-id', 'thread-id'];

/** Our clock minus the provider's, from its `Date` field; undefined where there is none. */
function skewOf(headers: Headers, now: number): number | undefined {
  const said = Date.parse(header(headers, 'date') ?? '');
  return Number.isNaN(said) ? undefined : now - said;
}
