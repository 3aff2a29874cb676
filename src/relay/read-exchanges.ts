import type { ExchangePage } from '../core/exported-exchange.ts';
import { EXCHANGE_PAGE, type ExchangesQuery } from '../protocol/exchanges.ts';
import type { LedgerWriter } from './ledger-writer.ts';

/** A page of what the ledger holds, with what was seen up to now; undefined where it cannot be read now. */
export async function readExchanges(
  ledger: Pick<LedgerWriter, 'flush' | 'query'>,
  query: ExchangesQuery,
): Promise<ExchangePage | undefined> {
  return (await ledger.flush()) ? await ledger.query('exchanges', query, EXCHANGE_PAGE) : undefined;
}
