import { header, type Headers } from '../core/provider.ts';

/**
 * The secret part of what a request authenticates with: a bearer token, a bare `Authorization` value (Zhipu's keys are
 * sent so too), or the first of `keyFields` that is there. Undefined where the request carries none, or one of another
 * scheme (`Basic`): that is no key of the vendor's.
 */
export function readCredential(headers: Headers, keyFields: readonly string[] = ['x-api-key']): string | undefined {
  const authorization = header(headers, 'authorization')?.trim() ?? '';
  const bearer = /^bearer\s+(\S+)$/i.exec(authorization)?.[1];
  if (bearer !== undefined) return bearer;
  if (authorization !== '' && !/\s/.test(authorization) && authorization.toLowerCase() !== 'bearer')
    return authorization;
  for (const field of keyFields) {
    const key = header(headers, field)?.trim() ?? '';
    if (key !== '') return key;
  }
  return undefined;
}

/** A query parameter of a request URL or path, decoded; undefined where absent or not decodable. */
export function queryParameter(url: string, name: string): string | undefined {
  const start = url.indexOf('?');
  if (start < 0) return undefined;
  for (const pair of url
    .slice(start + 1)
    .split('#', 1)[0]!
    .split('&')) {
    const equals = pair.indexOf('=');
    if (equals <= 0 || pair.slice(0, equals) !== name) continue;
    try {
      const value = decodeURIComponent(pair.slice(equals + 1));
      return value === '' ? undefined : value;
    } catch {
      return undefined;
    }
  }
  return undefined;
}
