import type { LocalMeter, Provider, QuotaReading } from '../core/provider.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import { readErrorBody } from './error-envelope.ts';
import { rateLimitOf } from './rate-limit-of.ts';
import { FIVE_HOURS, WEEK } from './spans.ts';
import { asObject, countAt, instantAt, listAt, objectAt, parseJson, textAt } from './tolerant-json.ts';

/**
 * Asked of Antigravity's own language server, as its own quota page does (public client code, 2026-10; undocumented). The
 * process carries the token in its arguments and listens on ports that change with every start.
 */
const languageServer: LocalMeter = {
  minIntervalMs: 120_000,
  recognise(args) {
    const program = args[0]?.replaceAll('\\', '/') ?? '';
    const name = /[^/]*$/.exec(program)?.[0] ?? '';
    const isCli = /^agy(?:\.exe)?$|^antigravity[-_]cli/i.test(name);
    if (!isCli && !/^language[-_]server/i.test(name)) return undefined;
    const ofAntigravity = /^antigravity/i.test(valueOf(args, '--app_data_dir') ?? '') || /\/antigravity/i.test(program);
    return isCli || ofAntigravity ? { token: valueOf(args, '--csrf_token') } : undefined;
  },
  path: '/exa.language_server_pb.LanguageServerService/RetrieveUserQuotaSummary',
  body: '{}',
  headers: (token) => [
    ['Content-Type', 'application/json'],
    ['Connect-Protocol-Version', '1'],
    ...(token === undefined ? [] : [['X-Codeium-Csrf-Token', token] as const]),
  ],
  read: readSummary,
};

/**
 * Google Antigravity: a meter only. Its requests are never relayed and Google is never asked for its quota: Google's terms
 * forbid the use of Antigravity's login by other software, accounts were closed for it (2026-02), and even asking for the
 * quota from outside has been called a risk. Off until the user switches it on.
 */
export const antigravity: Provider = {
  id: 'antigravity',
  name: 'Google Antigravity',
  shortName: 'Antigravity',
  upstream: 'https://cloudcode-pa.googleapis.com',
  relayed: false,
  plans: [],
  route: () => ({ operation: 'other', dialect: undefined }),
  credential: () => undefined,
  readLimits: () => [],
  readError: readErrorBody,
  poll: undefined,
  local: languageServer,
};

/** `--name value` or `--name=value`. */
function valueOf(args: readonly string[], name: string): string | undefined {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (at < 0) return undefined;
  const arg = args[at]!;
  return arg === name ? args[at + 1] : arg.slice(name.length + 1);
}

const WINDOWS: Readonly<Record<string, readonly [name: string, windowMs: number]>> = {
  '5h': ['5h', FIVE_HOURS],
  five_hour: ['5h', FIVE_HOURS],
  weekly: ['week', WEEK],
  week: ['week', WEEK],
};

/**
 * `groups[].buckets[]`, each pool of models with five hours and a week: what is left as a fraction, and a reset. A fraction
 * that is missing is unknown here, though the wire format leaves out a 0 as well. Never throws.
 */
function readSummary(status: number, body: string, now: number): QuotaReading {
  if (status === 401 || status === 403) {
    const said = readErrorBody(status, body)?.message;
    return { ok: false, reason: 'auth', message: said ?? 'The language server wants a token that is not known.' };
  }
  const answer = asObject(parseJson(body));
  const groups = listAt(objectAt(answer, 'response') ?? answer, 'groups');
  const limits = status >= 400 ? [] : groups.flatMap((group) => readGroup(group, now));
  if (limits.length > 0) return { ok: true, limits, tier: undefined };
  const message = `The language server answered ${status} with no quota that can be read.`;
  return { ok: false, reason: 'unreadable', message };
}

function readGroup(group: unknown, now: number): readonly RateLimit[] {
  const pool = poolOf(textAt(group, 'displayName') ?? textAt(group, 'groupId') ?? 'models');
  return listAt(group, 'buckets').flatMap((bucket) => {
    const word = textAt(bucket, 'window')?.toLowerCase() ?? '';
    const [name, windowMs] = WINDOWS[word] ?? [textAt(bucket, 'bucketId') ?? word, undefined];
    const left = countAt(bucket, 'remainingFraction') ?? countAt(objectAt(bucket, 'remaining'), 'remainingFraction');
    const resetsAt = instantAt(bucket, 'resetTime');
    if (left === undefined && resetsAt === undefined) return [];
    return rateLimitOf({
      policy: `${pool}-${name === '' ? 'unknown' : name}`,
      unit: 'share',
      usedFraction: left === undefined ? undefined : Math.max(0, 1 - left),
      windowMs,
      resetsAt,
      model: pool,
      seenAt: now,
      source: 'usage-api',
    });
  });
}

/** `Claude and GPT models` -> `claude+gpt` */
function poolOf(name: string): string {
  const short = name
    .toLowerCase()
    .replace(/\s*models?$/, '')
    .replaceAll(/\s+and\s+/g, '+')
    .replaceAll(/[^a-z0-9+.]+/g, '-');
  return short === '' ? 'models' : short;
}
