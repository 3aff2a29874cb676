import { CONTROL_PREFIX, HEALTH_PATH } from '../protocol/endpoint.ts';

/** Where a request target points, read from its local path. */
export type LocalTarget =
  | { readonly kind: 'control' }
  | {
      readonly kind: 'provider';
      readonly providerId: string;
      /** Agent id of an `@agent` prefix; undefined where there is none. */
      readonly agentId: string | undefined;
      /** The provider's own path with query, byte for byte as it came; `/` where nothing follows the provider. */
      readonly rest: string;
      /** `rest` without the query. */
      readonly path: string;
    }
  | { readonly kind: 'none' };

const PROVIDER = /^(?:\/@([a-z0-9][a-z0-9-]{0,40}))?(?:\/~[A-Za-z0-9_-]{1,128})?\/([a-z0-9][a-z0-9-]{0,40})(?=[/?]|$)/;

/**
 * Reads `/[@agent/][~secret/]<provider>/<rest>`. Only the prefix is looked at: the rest is never decoded or normalised,
 * so what the provider gets is what the agent wrote.
 */
export function readTarget(target: string): LocalTarget {
  if (target === HEALTH_PATH || target.startsWith(CONTROL_PREFIX)) return { kind: 'control' };
  const prefix = PROVIDER.exec(target);
  if (prefix === null) return { kind: 'none' };
  const tail = target.slice(prefix[0].length);
  const rest = tail.startsWith('/') ? tail : `/${tail}`;
  const query = rest.indexOf('?');
  return {
    kind: 'provider',
    providerId: prefix[2]!,
    agentId: prefix[1],
    rest,
    path: query < 0 ? rest : rest.slice(0, query),
  };
}

/**
 * Origin-form of a request target and the authority it names, if it is in absolute-form (RFC 9112 3.2.2: a server
 * must accept it). Undefined for CONNECT's and OPTIONS' other forms.
 */
export function originForm(
  target: string,
): { readonly path: string; readonly authority: string | undefined } | undefined {
  if (target.startsWith('/')) return { path: target, authority: undefined };
  const absolute = /^https?:\/\/([^/?#]+)(\/[^#]*)?$/i.exec(target);
  return absolute === null ? undefined : { path: absolute[2] ?? '/', authority: absolute[1] };
}

/** True for a Host value that names this machine's loopback, in any of its spellings; the port is not compared. */
export function isLoopbackHost(value: string): boolean {
  return /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i.test(value);
}
