import { header, type Headers } from '../core/provider.ts';
import { asRecord, asText } from './conversation.ts';

/** What a request itself says of the way it came. Absent means not said. */
export interface RequestWay {
  /** A bare SDK or HTTP client: `curl`, `openai-python`. */
  readonly rawClient?: { readonly name: string; readonly plain: boolean };
  /** A program that no recogniser covers but that names itself: `n8n`, `postman`. An id of `policies/clients.ts`. */
  readonly namedClient?: string;
  /** What shows that another gateway had it first: `via field`, `litellm`. */
  readonly forwardedBy?: string;
  /** The person it names, as written: a secret of the user's, to be hashed. */
  readonly person?: string;
  /** `MacOS arm64` */
  readonly machine?: string;
}

/** First product of a `User-Agent`; `plain` tells a person's command or script, the others are SDKs that tools use too. */
const RAW: readonly (readonly [RegExp, string, plain: boolean])[] = [
  [/^curl\//i, 'curl', true],
  [/^wget\//i, 'wget', true],
  [/^HTTPie\//i, 'HTTPie', true],
  [/^python-requests\//i, 'python-requests', true],
  [/^python-urllib/i, 'python-urllib', true],
  [/^python-httpx\//i, 'python-httpx', true],
  [/^Python\/[\d.]+ aiohttp/i, 'aiohttp', true],
  [/^Go-http-client\//i, 'Go-http-client', true],
  [/^okhttp\//i, 'okhttp', true],
  [/^Apache-HttpClient\//i, 'Apache-HttpClient', true],
  [/^Java\//i, 'Java', true],
  [/^GuzzleHttp\//i, 'Guzzle', true],
  [/^axios\//i, 'axios', false],
  [/^(?:node|undici|node-fetch)(?:\/|$)/i, 'node', false],
  [/^(?:Async)?OpenAI\/Python/i, 'openai-python', false],
  [/^OpenAI\/JS/i, 'openai-node', false],
  [/^(?:Async)?Anthropic\/Python/i, 'anthropic-python', false],
  [/^Anthropic\/JS/i, 'anthropic-node', false],
  [/^google-genai-sdk\//i, 'google-genai', false],
  [/^langchain/i, 'langchain', false],
];

/** Programs that name themselves in `User-Agent`, `X-Title` or `HTTP-Referer`. */
const NAMED: readonly (readonly [RegExp, string])[] = [
  [/PostmanRuntime/i, 'postman'],
  [/\binsomnia\b/i, 'insomnia'],
  [/\bn8n\b/i, 'n8n'],
  [/\bdify\b/i, 'dify'],
  [/\bcoze\b/i, 'coze'],
  [/SillyTavern/i, 'sillytavern'],
  [/\baider\b/i, 'aider'],
  [/hermes-agent/i, 'hermes-agent'],
  [/\bgoose\b/i, 'goose'],
  [/qwen-?code/i, 'qwen-code'],
  [/kimi-?cli/i, 'kimi-cli'],
  [/\bdroid\b/i, 'droid'],
  [/\bcrush\b/i, 'crush'],
];

const GATEWAY = /\b(litellm|one-?api|new-?api|portkey|helicone|cliproxyapi|sub2api)\b/i;
const MOST = 400;

/** Never throws; reads heads and the few body fields that name a user. */
export function readRequestWay(headers: Headers, body: Readonly<Record<string, unknown>> | undefined): RequestWay {
  const agent = (header(headers, 'user-agent') ?? '').slice(0, MOST);
  const titles = ['x-title', 'http-referer'].map((name) => (header(headers, name) ?? '').slice(0, MOST));
  const raw = RAW.find(([pattern]) => pattern.test(agent));
  const named = NAMED.find(([pattern]) => pattern.test(agent) || titles.some((title) => pattern.test(title)));
  const forwardedBy = forwardedIn(headers, agent);
  const person = personIn(body);
  const machine = machineIn(headers);
  return {
    ...(raw === undefined ? {} : { rawClient: { name: raw[1], plain: raw[2] } }),
    ...(named === undefined ? {} : { namedClient: named[1] }),
    ...(forwardedBy === undefined ? {} : { forwardedBy }),
    ...(person === undefined ? {} : { person }),
    ...(machine === undefined ? {} : { machine }),
  };
}

/** A gateway on this very machine (an own router) is nobody else: addresses of loopback count for nothing. */
function forwardedIn(headers: Headers, agent: string): string | undefined {
  for (const name of ['x-forwarded-for', 'x-real-ip', 'cf-connecting-ip', 'true-client-ip']) {
    const value = header(headers, name)?.trim() ?? '';
    const first = value.split(',')[0]!.trim();
    if (first !== '' && !LOOPBACK.test(first)) return `an ${name} field that names another machine`;
  }
  const forwarded = /\bfor="?\[?([^;,"\]]+)/i.exec(header(headers, 'forwarded') ?? '')?.[1];
  if (forwarded !== undefined && !LOOPBACK.test(forwarded)) return 'a forwarded field that names another machine';
  const via = header(headers, 'via') ?? '';
  if (via !== '' && !/\b(?:localhost|127\.0\.0\.1)\b/.test(via)) return 'a via field of a proxy';
  const gateway = GATEWAY.exec(agent)?.[1];
  if (gateway !== undefined) return `the user agent names the gateway ${gateway.toLowerCase()}`;
  return undefined;
}

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.|localhost$|unknown$|_)/i;

/**
 * Whom the body names: OpenAI's `user` or `safety_identifier`, Anthropic's `metadata.user_id` up to its session part, since
 * the sessions of one person are many.
 */
function personIn(body: Readonly<Record<string, unknown>> | undefined): string | undefined {
  if (body === undefined) return undefined;
  const inMetadata = asText(asRecord(body['metadata'])['user_id']);
  const named =
    inMetadata === '' ? asText(body['user']) || asText(body['safety_identifier']) : beforeSession(inMetadata);
  return named === '' ? undefined : named.slice(0, MOST);
}

/** `user_<hash>_account_<id>_session_<id>`, or JSON of the same parts. */
function beforeSession(userId: string): string {
  if (!userId.startsWith('{')) return userId.replace(/_+session_.*$/, '');
  try {
    const parts = asRecord(JSON.parse(userId));
    return [asText(parts['device_id']), asText(parts['account_uuid'])].filter((each) => each !== '').join(' ');
  } catch {
    return '';
  }
}

function machineIn(headers: Headers): string | undefined {
  const os = header(headers, 'x-stainless-os')?.trim().slice(0, 40) ?? '';
  if (os === '' || /^unknown/i.test(os)) return undefined;
  const arch = header(headers, 'x-stainless-arch')?.trim().slice(0, 20) ?? '';
  return [os, arch].filter((each) => each !== '').join(' ');
}
