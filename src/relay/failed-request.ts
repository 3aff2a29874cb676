import { isPolicyEvent } from '../core/error-code.ts';
import type { Exchange } from '../core/exchange.ts';
import { header, type Headers } from '../core/provider.ts';
import { recognise } from '../explain/recognise.ts';
import { errorCatalogues } from '../providers/errors/list.ts';
import { failureOfError } from './error-class.ts';

/** Fields in which vendors name a request, as far as any is known to (Z.AI, Anthropic, OpenAI, MiniMax, Kimi). */
const ID_FIELDS = ['x-log-id', 'request-id', 'x-request-id', 'trace-id', 'msh-request-id'] as const;

/** The provider's own id of a request; undefined where it named none, or something that is no id. Never throws. */
export function requestIdOf(headers: Headers): string | undefined {
  for (const name of ID_FIELDS) {
    const value = header(headers, name)?.trim();
    if (value !== undefined && /^[\w.:-]{6,120}$/.test(value)) return value;
  }
  return undefined;
}

/** `claude-cli/2.1.4` of `claude-cli/2.1.4 (external, cli)` (RFC 9110, 10.1.5); undefined where no product with a version leads. */
export function agentProductOf(headers: Headers): string | undefined {
  const field = header(headers, 'user-agent')?.trim() ?? '';
  return /^[A-Za-z][\w.-]{0,39}\/v?\d[\w.+-]{0,30}(?=$|[\s;(])/.exec(field)?.[0];
}

/** What only a failed request's record holds, so that a provider's staff can find it; nothing of a successful one. */
export function failureFacts(
  exchange: Pick<Exchange, 'providerId' | 'status' | 'error' | 'outcome'>,
  requestId: string | undefined,
): Pick<Exchange, 'requestId' | 'policyCode'> {
  const { error, status, outcome } = exchange;
  if (outcome === 'refused' || (error === undefined && (status ?? 0) < 400)) return {};
  const said = error === undefined ? undefined : failureOfError(exchange.providerId, status, error, errorCatalogues);
  const code = said === undefined ? undefined : recognise(said, errorCatalogues)?.code;
  const id = requestId ?? said?.requestId;
  return {
    ...(id === undefined ? {} : { requestId: id }),
    ...(code === undefined || !isPolicyEvent(code) ? {} : { policyCode: code.code }),
  };
}
