import type { Provider } from '../core/provider.ts';

/** Where a provider's requests go. */
export interface Upstream {
  readonly providerId: string;
  readonly provider: Provider;
  readonly origin: string;
  readonly tls: boolean;
  readonly hostname: string;
  readonly port: number;
  /** Value of the Host field: the port only where it is not the scheme's default. */
  readonly host: string;
  /** Path put before the provider's own, no trailing slash; empty for a bare origin. */
  readonly basePath: string;
}

export type UpstreamTable = ReadonlyMap<string, Upstream>;

/**
 * Upstreams of all providers whose requests are sent on, with the user's overrides (`{zai: 'http://127.0.0.1:9100'}`) applied.
 * Throws on no URL.
 */
export function upstreamTable(
  providers: readonly Provider[],
  overrides: Readonly<Record<string, string>>,
): UpstreamTable {
  return new Map(
    providers
      .filter(({ relayed }) => relayed !== false)
      .map((provider) => [provider.id, readUpstream(provider, overrides[provider.id] ?? provider.upstream)]),
  );
}

/** Where a provider's usage endpoint is: the vendor's own place for it, unless the user re-pointed the provider. */
export function usageUpstream(upstream: Upstream): Upstream {
  const { provider } = upstream;
  const origin = provider.poll?.origin;
  const asShipped = upstream.origin === new URL(provider.upstream).origin;
  return origin === undefined || !asShipped ? upstream : readUpstream(provider, origin);
}

function readUpstream(provider: Provider, origin: string): Upstream {
  const url = new URL(origin);
  const tls = url.protocol === 'https:';
  const port = url.port === '' ? (tls ? 443 : 80) : Number(url.port);
  return {
    providerId: provider.id,
    provider,
    origin: url.origin,
    tls,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    host: url.host,
    basePath: url.pathname.replace(/\/+$/, ''),
  };
}
