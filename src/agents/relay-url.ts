/** A provider's origin as agents know it, with the path that stands before the provider's own where there is one. */
export interface ProviderOrigin {
  readonly providerId: string;
  /** `https://api.z.ai`, no slash at its end. */
  readonly origin: string;
}

/** The same origins as in `providers/`, which this room may not import; a test compares them. */
export const PROVIDER_ORIGINS: readonly ProviderOrigin[] = [
  { providerId: 'zai', origin: 'https://api.z.ai' },
  { providerId: 'bigmodel', origin: 'https://open.bigmodel.cn' },
  { providerId: 'anthropic', origin: 'https://api.anthropic.com' },
  { providerId: 'openai', origin: 'https://api.openai.com' },
  { providerId: 'codex', origin: 'https://chatgpt.com' },
  { providerId: 'gemini', origin: 'https://generativelanguage.googleapis.com' },
  { providerId: 'kimi', origin: 'https://api.kimi.com' },
  { providerId: 'moonshot', origin: 'https://api.moonshot.ai' },
  { providerId: 'minimax', origin: 'https://api.minimax.io' },
  { providerId: 'minimax-cn', origin: 'https://api.minimaxi.com' },
  { providerId: 'alibaba', origin: 'https://coding.dashscope.aliyuncs.com' },
  { providerId: 'alibaba-intl', origin: 'https://coding-intl.dashscope.aliyuncs.com' },
  { providerId: 'openrouter', origin: 'https://openrouter.ai' },
  { providerId: 'deepseek', origin: 'https://api.deepseek.com' },
];

export interface DirectUrl {
  readonly providerId: string;
  /** What follows the origin: path and query as they stand, maybe empty. */
  readonly rest: string;
}

/**
 * The provider a direct URL belongs to; undefined where no origin of the table is its beginning. Scheme and host are
 * compared as URLs are, the path byte for byte. Never throws.
 */
export function readDirectUrl(url: string, origins: readonly ProviderOrigin[]): DirectUrl | undefined {
  const parsed = parse(url);
  if (parsed === undefined || parsed.username !== '' || parsed.password !== '') return undefined;
  const tail = tailOf(url);
  for (const { providerId, origin } of origins) {
    const base = parse(origin);
    if (base === undefined || base.origin !== parsed.origin) continue;
    const prefix = base.pathname.replace(/\/+$/, '');
    if (tail === prefix || tail.startsWith(`${prefix}/`) || tail.startsWith(`${prefix}?`)) {
      return { providerId, rest: tail.slice(prefix.length) };
    }
  }
  return undefined;
}

/** `http://127.0.0.1:7526/@cline/zai/api/coding/paas/v4` */
export function relayUrl(relayOrigin: string, agentId: string, { providerId, rest }: DirectUrl): string {
  return `${relayOrigin}/@${agentId}/${providerId}${rest}`;
}

export interface RelayUrl extends DirectUrl {
  readonly port: number;
  /** Undefined where the URL names none. */
  readonly agentId: string | undefined;
}

const RELAY_URL =
  /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):(\d{1,5})(?:\/@([a-z0-9][a-z0-9-]{0,40}))?(?:\/~[A-Za-z0-9_-]{1,128})?\/([a-z0-9][a-z0-9-]{0,40})((?:[/?].*)?)$/;

/** Reads a URL that points at a relay on this machine; undefined for any other. Without `@agent` the provider must be a known one. */
export function readRelayUrl(url: string): RelayUrl | undefined {
  const match = RELAY_URL.exec(url);
  if (match === null) return undefined;
  const [, port, agentId, providerId, rest] = match;
  if (agentId === undefined && !PROVIDER_ORIGINS.some((known) => known.providerId === providerId)) return undefined;
  return { port: Number(port), agentId, providerId: providerId!, rest: rest! };
}

/** Where a relay URL would lead without the relay; undefined where its provider is not in the table. */
export function directUrlOf({ providerId, rest }: DirectUrl, origins: readonly ProviderOrigin[]): string | undefined {
  const known = origins.find((origin) => origin.providerId === providerId);
  return known === undefined ? undefined : known.origin + rest;
}

/** Everything after scheme and authority, byte for byte. */
function tailOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/?#]*/i, '');
}

/** The pure rooms know no `URL`: this reads what is needed of http and https URLs. */
function parse(
  url: string,
):
  | { readonly origin: string; readonly pathname: string; readonly username: string; readonly password: string }
  | undefined {
  const match = /^(https?):\/\/(?:([^/?#@]*)@)?([^/?#@:]+|\[[^\]]+\])(?::(\d{1,5}))?([^?#]*)/i.exec(url);
  if (match === null) return undefined;
  const scheme = match[1]!.toLowerCase();
  const port = match[4] === undefined || match[4] === (scheme === 'https' ? '443' : '80') ? '' : `:${match[4]}`;
  const [username = '', password = ''] = (match[2] ?? '').split(':');
  return { origin: `${scheme}://${match[3]!.toLowerCase()}${port}`, pathname: match[5]!, username, password };
}
