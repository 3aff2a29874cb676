import { readRequestWay } from '../agents/request-way.ts';
import { readTurn, type TurnReading } from '../agents/turn-kind.ts';
import type { Exchange, Outcome } from '../core/exchange.ts';
import { header, type Headers } from '../core/provider.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import { burnKindOf } from './burn-kind.ts';
import { agentProductOf, failureFacts, requestIdOf } from './failed-request.ts';
import { fieldsOf, type ResponseHead } from './http1/head.ts';
import type { Aftermath } from './incidents/aftermath.ts';
import type { ObserverDeps } from './observer-deps.ts';
import type { Opened, Opening } from './opening.ts';
import type { RequestCopy } from './request-copy.ts';
import { fingerprintOf } from './request-fingerprint.ts';
import type { TapReading } from './response-sinks.ts';
import { createResponseTap, type ResponseTap } from './response-tap.ts';

/** Reads what was seen of one exchange, once its bytes were passed on. Methods may throw: the observer catches. */
export interface ExchangeReading {
  head(head: ResponseHead, firstByteMs: number): void;
  payload(bytes: Buffer): void;
  absorbed(status: number, headers: Headers, payload: Buffer, durationMs: number): void;
  end(outcome: Outcome, status: number | undefined, durationMs: number): void;
}

const NO_READING: TapReading = {
  usage: undefined,
  modelServed: undefined,
  stopReason: undefined,
  error: undefined,
  complete: false,
  limits: [],
};

/** Begins to read an exchange: who sends it, and that it is under way. `onRead` is called once, when all of it is read. */
export function readExchange(
  deps: ObserverDeps,
  opening: Opening,
  copy: RequestCopy,
  startedAt: number,
  onRead: () => void,
): ExchangeReading {
  const opened: Opened = {
    id: deps.newId(startedAt),
    startedAt,
    providerId: opening.upstream.providerId,
    accountKey: deps.accountOf(opening),
    agentId: opening.agentId ?? deps.recogniseAgent(opening.headers, ''),
  };
  deps.onOpen(opened);
  let tap: ResponseTap | undefined;
  let status: number | undefined;
  let firstByteMs: number | undefined;
  let responseBytes = 0;
  let limits: readonly RateLimit[] = [];

  let requestId: string | undefined;
  const aftermath: Aftermath & { clockSkewMs: number | undefined } = {
    path: opening.path,
    bodyStart: () => copy.start(),
    clockSkewMs: undefined,
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
    const agentProduct = agentProductOf(opening.headers);
    const product = agentProduct === undefined ? {} : { agentProduct };
    return { ...exchange, ...product, ...failureFacts(exchange, requestId) };
  }

  function recordOf(outcome: Outcome, durationMs: number, reading: TapReading): Exchange {
    const facts = copy.facts();
    const { headers } = opening;
    const agentId = opened.agentId === 'unknown' ? deps.recogniseAgent(headers, copy.start()) : opened.agentId;
    const kind = burnKindOf(aftermath.turn());
    return {
      ...opened,
      agentId,
      accountKey: deps.accountOfBody?.(opening, facts.body) ?? opened.accountKey,
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
    head(head, afterMs) {
      status = head.status;
      firstByteMs = afterMs;
      const headers = fieldsOf(head);
      limits = opening.upstream.provider.readLimits(head.status, headers, deps.now());
      tap = opening.method === 'HEAD' ? undefined : tapFor(head.status, headers);
      aftermath.clockSkewMs = skewOf(headers, deps.now());
      requestId = requestIdOf(headers);
    },
    payload(bytes) {
      responseBytes += bytes.length;
      tap?.push(bytes);
    },
    absorbed(code, headers, payload, durationMs) {
      const refusal = tapFor(code, headers);
      const tell = (reading: TapReading | undefined) => {
        const exchange = exchangeOf('absorbed', durationMs, reading ?? NO_READING);
        const id = deps.newId(deps.now());
        deps.onAbsorbed({ ...exchange, id, status: code, responseBytes: payload.length }, aftermath);
      };
      refusal?.push(payload);
      if (refusal === undefined) tell(undefined);
      else refusal.end(true, (reading) => tryTo(deps, 'absorbed', () => tell(reading)));
    },
    end(outcome, code, durationMs) {
      status ??= code;
      const finish = (reading: TapReading | undefined) => {
        onRead();
        tryTo(deps, 'close', () => {
          deps.onClose(opened, exchangeOf(outcome, durationMs, reading ?? NO_READING), aftermath);
          remember(outcome, reading ?? NO_READING);
          copy.drop();
        });
      };
      if (tap === undefined) finish(undefined);
      else tap.end(outcome === 'completed', finish);
    },
  };
}

/** Watching that throws costs an observation, never more. */
export function tryTo({ onTrouble }: Pick<ObserverDeps, 'onTrouble'>, where: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    onTrouble(where, error);
  }
}

/** What a client says of its session in the head, whichever field it uses. */
function sessionHintOf(headers: Headers): string {
  return headers.flatMap(([name, value]) => (SESSION_FIELD.test(name) ? [value] : [])).join('\n');
}

const SESSION_FIELD = /session-id$|^thread-id$/i;

/** Our clock minus the provider's, from its `Date` field; undefined where there is none. */
function skewOf(headers: Headers, now: number): number | undefined {
  const said = Date.parse(header(headers, 'date') ?? '');
  return Number.isNaN(said) ? undefined : now - said;
}
