import type { QuotaReading } from '../core/provider.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import { cleanMessage } from './error-envelope.ts';
import { rateLimitOf } from './rate-limit-of.ts';
import { FIVE_HOURS, HOUR, WEEK } from './spans.ts';
import { asObject, countAt, instantAt, listAt, numberAt, objectAt, parseJson, textAt } from './tolerant-json.ts';

const AUTH_CODES: ReadonlySet<number> = new Set([1004, 2049]);
const NO_PLAN_CODE = 2062;

/**
 * What `GET /v1/token_plan/remains` says, as public clients read it (2026-08; undocumented). One entry per group of models,
 * `general` for the text models; each has an interval (five hours) and a week. `…_remaining_percent` goes first; where there
 * are only counts, `…_usage_count` is what is *left*, whatever its name says (widely agreed by users). Status 2 is used up, 3
 * not subscribed. Never throws.
 */
export function readMinimaxQuota(status: number, body: string, now: number): QuotaReading {
  const answer = asObject(parseJson(body));
  const base = objectAt(answer, 'base_resp');
  const code = numberAt(base, 'status_code');
  const message = cleanMessage(textAt(base, 'status_msg') ?? '');
  if (status === 401 || status === 403 || (code !== undefined && AUTH_CODES.has(code))) {
    return { ok: false, reason: 'auth', message: message === '' ? 'The usage endpoint refused the key.' : message };
  }
  if (code === NO_PLAN_CODE)
    return { ok: false, reason: 'no-plan', message: message === '' ? 'No token plan.' : message };
  if (answer === undefined || !Array.isArray(answer['model_remains'])) {
    const fallback = `The usage endpoint answered ${status} with nothing that can be read.`;
    return { ok: false, reason: 'unreadable', message: message === '' ? fallback : message };
  }
  const limits = listAt(answer, 'model_remains').flatMap((entry) => {
    const name = textAt(entry, 'model_name')?.toLowerCase();
    const model = name === undefined || name === 'general' ? undefined : name;
    return [readInterval(entry, model, now), readWeek(entry, model, now)].flatMap((limit) => limit ?? []);
  });
  return { ok: true, limits, tier: undefined };
}

function readInterval(entry: unknown, model: string | undefined, now: number): RateLimit | undefined {
  const startsAt = instantAt(entry, 'start_time');
  const endsAt = instantAt(entry, 'end_time');
  const said = startsAt === undefined || endsAt === undefined ? undefined : endsAt - startsAt;
  // The five-hour window of the text models comes cut where the week ends in it.
  const windowMs = said === undefined || (said > HOUR && said <= FIVE_HOURS) ? FIVE_HOURS : said;
  return readPart(
    entry,
    'current_interval',
    model,
    { policy: 'interval', windowMs, endsAt, remainsKey: 'remains_time' },
    now,
  );
}

function readWeek(entry: unknown, model: string | undefined, now: number): RateLimit | undefined {
  const endsAt = instantAt(entry, 'weekly_end_time');
  const week = { policy: 'week', windowMs: WEEK, endsAt, remainsKey: 'weekly_remains_time' };
  return readPart(entry, 'current_weekly', model, week, now);
}

interface Part {
  readonly policy: string;
  readonly windowMs: number | undefined;
  readonly endsAt: number | undefined;
  readonly remainsKey: string;
}

function readPart(
  entry: unknown,
  prefix: string,
  model: string | undefined,
  part: Part,
  now: number,
): RateLimit | undefined {
  const state = numberAt(entry, `${prefix}_status`);
  if (state === 3) return undefined;
  const percent = countAt(entry, `${prefix}_remaining_percent`);
  const total = countAt(entry, `${prefix}_total_count`);
  const left = countAt(entry, `${prefix}_usage_count`);
  const counted = total === undefined || total === 0 || left === undefined ? undefined : Math.max(0, 1 - left / total);
  const used = percent === undefined ? counted : Math.max(0, 1 - percent / 100);
  const remainsMs = countAt(entry, part.remainsKey);
  const resetsAt = part.endsAt ?? (remainsMs === undefined ? undefined : now + remainsMs);
  if (used === undefined && resetsAt === undefined) return undefined;
  return rateLimitOf({
    policy: model === undefined ? part.policy : `${part.policy}-${model}`,
    unit: 'share',
    usedFraction: state === 2 ? Math.max(1, used ?? 1) : used,
    windowMs: part.windowMs,
    resetsAt,
    model,
    seenAt: now,
    source: 'usage-api',
  });
}
