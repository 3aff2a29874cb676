import type { ExportedExchange } from '../core/exported-exchange.ts';

/** What the thread that speaks to the user's collector is started with. */
export interface OtelThreadData {
  readonly role: 'otel';
  /** Base address of an OTLP/HTTP receiver, without `/v1/traces`. */
  readonly endpoint: string;
  readonly version: string;
  /** How often what there is goes out. */
  readonly everyMs: number;
}

/** From the relay: exchanges as they end; `close` sends what is left. */
export type OtelOrder =
  | { readonly kind: 'exchanges'; readonly exchanges: readonly ExportedExchange[] }
  | { readonly kind: 'close' };

/** From the thread: what the official packages said of a send that failed; never holds what was sent. */
export interface OtelNews {
  readonly trouble: string;
}
