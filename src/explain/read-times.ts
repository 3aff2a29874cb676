const SECOND = 1_000;
const SECONDS_BELOW = 100_000_000_000;

/**
 * When a limit resets, as an error says it; undefined where it says nothing. `utcOffset` (`+08:00`) holds for times that name no
 * zone. `now` is needed for spans and for dates without a year; without it these are not read. Never throws.
 *
 * | said | read as |
 * | --- | --- |
 * | `resets_at`, `reset_at`, `quotaResetTimeStamp`: number or text | epoch seconds, epoch ms or RFC 3339 |
 * | `2026-05-15T15:00:00Z` | that instant |
 * | `2026-11-22 20:00:00` | that time at `utcOffset` |
 * | `limit reached` and then a bar and a number | epoch seconds |
 * | `08-18 10:07:00 UTC` | in the year of `now`, or the next where that is more than half a year ago |
 * | `resets_in_seconds`, `quotaResetDelay` | after `now` |
 */
export function readReset(body: string, utcOffset: string, now: number | undefined): number | undefined {
  const field = /\\?"(?:resets?_?at|quotaResetTimeStamp|resetTime)\\?"\s*:\s*\\?"?([\w:.+-]+)/i.exec(body)?.[1];
  const stamp = field === undefined ? undefined : instant(field, utcOffset);
  if (stamp !== undefined) return stamp;
  const dated = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?(?:\.\d+)?)\s?(Z|UTC|[+-]\d\d:?\d\d)?/.exec(body);
  if (dated !== null)
    return instant(`${dated[1]}T${dated[2]}${dated[3] === 'UTC' ? 'Z' : (dated[3] ?? '')}`, utcOffset);
  const barred = /limit reached\s*\|\s*(\d{10,13})/i.exec(body)?.[1];
  if (barred !== undefined) return instant(barred, utcOffset);
  if (now === undefined) return undefined;
  const [, month, day, time] = /\b(\d\d)-(\d\d) (\d\d:\d\d:\d\d) UTC/.exec(body) ?? [];
  if (month !== undefined) {
    const year = new Date(now).getUTCFullYear();
    const at = Date.parse(`${year}-${month}-${day}T${time}Z`);
    if (Number.isNaN(at)) return undefined;
    return now - at > 182 * 86_400_000 ? Date.parse(`${year + 1}-${month}-${day}T${time}Z`) : at;
  }
  const seconds = /\\?"resets?_in_seconds\\?"\s*:\s*(\d+)/.exec(body)?.[1];
  if (seconds !== undefined) return now + Number(seconds) * SECOND;
  const delay = spanMs(/\\?"quotaResetDelay\\?"\s*:\s*\\?"([\dhms.]+)/.exec(body)?.[1]);
  return delay === undefined ? undefined : now + delay;
}

/** How long to wait before the next try, as an error says it: a `retryDelay`, a `Retry-After` that was pasted along, words. */
export function readRetryAfter(body: string): number | undefined {
  const said =
    /\\?"retryDelay\\?"\s*:\s*\\?"([\dhms.]+)/.exec(body)?.[1] ??
    /\b(?:retry|try again) in (?:about )?([\d.]+ ?(?:ms|s|seconds|m|minutes|h|hours)\b)/i.exec(body)?.[1] ??
    /\bretry-after\\?"?\s*:\s*\\?"?(\d{1,7})\b/i.exec(body)?.[1];
  return spanMs(
    said
      ?.replace(/ ?seconds/, 's')
      .replace(/ ?minutes/, 'm')
      .replace(/ ?hours/, 'h')
      .replace(' ', ''),
  );
}

/** `56s`, `1h2m3.5s`, `250ms`, bare seconds. */
function spanMs(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (/^[\d.]+$/.test(text)) return Math.round(Number(text) * SECOND);
  if (/^[\d.]+ms$/.test(text)) return Math.round(Number.parseFloat(text));
  const [whole, hours, minutes, seconds] = /^(?:([\d.]+)h)?(?:([\d.]+)m)?(?:([\d.]+)s)?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const total = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return Number.isFinite(total) ? Math.round(total * SECOND) : undefined;
}

function instant(text: string, utcOffset: string): number | undefined {
  if (/^\d{10,13}$/.test(text)) {
    const number = Number(text);
    return number < SECONDS_BELOW ? number * SECOND : number;
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return undefined;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}${utcOffset}`;
  const at = Date.parse(zoned);
  return Number.isNaN(at) ? undefined : at;
}
