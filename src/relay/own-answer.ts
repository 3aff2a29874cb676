import type { Outcome } from '../core/exchange.ts';
import type { Dialect } from '../core/provider.ts';

/** An answer that Planward itself gives, because no provider can. */
export interface OwnAnswer {
  readonly status: number;
  /** Stable reason, in the `x-planward-reason` field, so that nobody takes our answer for the provider's. */
  readonly reason: string;
  /** What happened, why, what to do: one or two plain sentences. */
  readonly message: string;
  /** Seconds after which the same may be sent again. */
  readonly retryAfterS?: number;
  /** How the exchange is recorded; `upstream-failed` where absent. */
  readonly outcome?: Outcome;
  /** The whole answer, where the agent needs a shape of its own (a block shown in its chat); else made of `message`. */
  readonly body?: { readonly contentType: string; readonly text: string };
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  426: 'Upgrade Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
};

/**
 * Bytes of an own answer, in the dialect of the request where it has one (`{"error": …}` otherwise).
 * `withBody` false for HEAD.
 */
export function ownAnswerBytes(
  answer: OwnAnswer,
  dialect: Dialect | undefined,
  options: { readonly close: boolean; readonly withBody: boolean },
): Buffer {
  const { contentType, text } = answer.body ?? errorBody(answer, dialect);
  const payload = Buffer.from(text, 'utf8');
  const lines = [
    `HTTP/1.1 ${answer.status} ${REASONS[answer.status] ?? 'Error'}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${payload.length}`,
    `X-Planward-Reason: ${answer.reason}`,
    ...(answer.retryAfterS === undefined ? [] : [`Retry-After: ${answer.retryAfterS}`]),
    ...(answer.status === 426 ? ['Upgrade: HTTP/1.1', 'Connection: Upgrade'] : []),
    ...(options.close && answer.status !== 426 ? ['Connection: close'] : []),
  ];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return options.withBody ? Buffer.concat([head, payload]) : head;
}

function errorBody(answer: OwnAnswer, dialect: Dialect | undefined): { contentType: string; text: string } {
  const own = dialect?.errorBody(answer.status, answer.message);
  if (own !== undefined) return { contentType: own.contentType, text: own.body };
  const text = JSON.stringify({ error: { type: answer.reason, message: answer.message } });
  return { contentType: 'application/json', text };
}
