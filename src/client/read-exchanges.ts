import type { ExportedExchange } from '../core/exported-exchange.ts';
import { fetchExchanges, type Called, type RelayAddress } from './call-relay.ts';

/** Most exchanges of one export: what fits in memory, and in what people open. */
export const MAX_EXPORTED = 200_000;

export interface ExchangesRead {
  /** Oldest first. */
  readonly exchanges: readonly ExportedExchange[];
  /** False where there are more than `MAX_EXPORTED`: the oldest are here. */
  readonly complete: boolean;
}

/** All exchanges of a span, page by page. Never throws. */
export async function readExchanges(
  relay: RelayAddress,
  span: { readonly since: number; readonly until: number },
  most = MAX_EXPORTED,
): Promise<Called<ExchangesRead>> {
  const exchanges: ExportedExchange[] = [];
  const query = { since: Math.floor(span.since), until: Math.floor(span.until) };
  let page = await fetchExchanges(relay, query);
  for (;;) {
    if (!page.ok) return page;
    exchanges.push(...page.value.exchanges);
    const { next } = page.value;
    if (next === undefined) return { ok: true, value: { exchanges, complete: true } };
    if (exchanges.length >= most) return { ok: true, value: { exchanges, complete: false } };
    page = await fetchExchanges(relay, { ...query, ...next });
  }
}
