import type { Headers, QuotaReading } from '../core/provider.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import { readErrorBody } from './error-envelope.ts';
import { rateLimitOf } from './rate-limit-of.ts';
import { MINUTE, spanMs } from './spans.ts';
import {
  asInstant,
  asNumber,
  asObject,
  instantAt,
  listAt,
  numberAt,
  objectAt,
  parseJson,
  textAt,
} from './tolerant-json.ts';

/** What one slot (`primary`, `secondary`) of one family says, wherever it was said. */
interface Slot {
  readonly family: string;
  readonly model: string | undefined;
  readonly slot: string;
  readonly usedPercent: number | undefined;
  readonly windowMs: number | undefined;
  readonly resetsAt: number | undefined;
}

/** Slots change their meaning (the week has stood in `primary` since 2026-07), so an allowance is named by its length. */
function limitOfSlot(slot: Slot, now: number, source: RateLimit['source']): RateLimit | undefined {
  const { family, model, usedPercent, windowMs, resetsAt } = slot;
  if (usedPercent === undefined && resetsAt === undefined) return undefined;
  const name = windowMs === undefined ? slot.slot : `${windowMs / MINUTE}min`;
  const usedFraction = usedPercent === undefined ? undefined : usedPercent / 100;
  const policy = `${family}-${name}`;
  return rateLimitOf({ policy, unit: 'share', usedFraction, windowMs, resetsAt, model, seenAt: now, source });
}

const FIELD = /^x-codex-(?:(.+)-)?(primary|secondary)-(used-percent|window-minutes|reset-at|reset-after-seconds)$/;

/** `x-codex-[<name>-]{primary,secondary}-…` with percent used, minutes and epoch seconds (measured 2026-09; undocumented). */
export function readCodexHeaders(headers: Headers, now: number): readonly RateLimit[] {
  const slots = new Map<string, { family: string | undefined; slot: string; fields: Map<string, string> }>();
  const names = new Map<string, string>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (!lower.startsWith('x-codex-')) continue;
    const limitName = /^x-codex-(.+)-limit-name$/.exec(lower)?.[1];
    if (limitName !== undefined) names.set(limitName, value.trim().toLowerCase());
    const [, family, slot, field] = FIELD.exec(lower) ?? [];
    if (slot === undefined || field === undefined) continue;
    const key = `${family ?? ''} ${slot}`;
    const found = slots.get(key) ?? { family, slot, fields: new Map<string, string>() };
    found.fields.set(field, value.trim());
    slots.set(key, found);
  }
  return [...slots.values()].flatMap(({ family, slot, fields }) => {
    const after = asNumber(fields.get('reset-after-seconds'));
    const said: Slot = {
      family: family ?? 'codex',
      model: family === undefined ? undefined : (names.get(family) ?? family),
      slot,
      usedPercent: asNumber(fields.get('used-percent')),
      windowMs: spanMs(MINUTE, asNumber(fields.get('window-minutes'))),
      resetsAt: asInstant(fields.get('reset-at')) ?? (after === undefined ? undefined : now + after * 1_000),
    };
    return limitOfSlot(said, now, 'header') ?? [];
  });
}

/**
 * Limits in the data of a `codex.rate_limits` event, and in the error of a plan that is used up (`usage_limit_reached`, which
 * names no window: it is told under its own name).
 */
export function readCodexBodyLimits(text: string, now: number): readonly RateLimit[] {
  if (text.includes('"codex.rate_limits"')) {
    const event = asObject(parseJson(text));
    if (textAt(event, 'type') !== 'codex.rate_limits') return [];
    const name = textAt(event, 'metered_limit_name')?.toLowerCase();
    const own = name === undefined || name === 'codex' ? undefined : name;
    const limits = objectAt(event, 'rate_limits');
    return ['primary', 'secondary'].flatMap(
      (slot) => readJsonSlot(objectAt(limits, slot), own, slot, now, 'body') ?? [],
    );
  }
  if (!text.includes('usage_limit_reached')) return [];
  const value = asObject(parseJson(text));
  const error = objectAt(value, 'error') ?? objectAt(objectAt(value, 'response'), 'error');
  if (textAt(error, 'type') !== 'usage_limit_reached' && textAt(error, 'code') !== 'usage_limit_reached') return [];
  const after = numberAt(error, 'resets_in_seconds');
  const resetsAt = instantAt(error, 'resets_at') ?? (after === undefined ? undefined : now + after * 1_000);
  return [
    rateLimitOf({ policy: 'usage-limit', unit: 'share', usedFraction: 1, resetsAt, seenAt: now, source: 'body' }),
  ];
}

/** What `/backend-api/wham/usage` says (public client code, 2026-06; undocumented). Never throws. */
export function readCodexUsage(status: number, body: string, now: number): QuotaReading {
  if (status === 401 || status === 403) {
    const message = readErrorBody(status, body)?.message ?? 'The usage endpoint refused the token.';
    return { ok: false, reason: 'auth', message };
  }
  const answer = asObject(parseJson(body));
  const main = objectAt(answer, 'rate_limit');
  if (answer === undefined || (main === undefined && textAt(answer, 'plan_type') === undefined)) {
    return {
      ok: false,
      reason: 'unreadable',
      message: `The usage endpoint answered ${status} with nothing that can be read.`,
    };
  }
  const extra = listAt(answer, 'additional_rate_limits').flatMap((entry) => {
    const name = textAt(entry, 'limit_name')?.toLowerCase() ?? textAt(entry, 'metered_feature');
    return name === undefined ? [] : readSlots(objectAt(entry, 'rate_limit'), name, now);
  });
  const review = readSlots(objectAt(answer, 'code_review_rate_limit'), 'code-review', now);
  return {
    ok: true,
    limits: [...readSlots(main, undefined, now), ...review, ...extra],
    tier: textAt(answer, 'plan_type')?.toLowerCase(),
  };
}

function readSlots(limit: unknown, model: string | undefined, now: number): readonly RateLimit[] {
  return ['primary', 'secondary'].flatMap(
    (slot) => readJsonSlot(objectAt(limit, `${slot}_window`), model, slot, now, 'usage-api') ?? [],
  );
}

function readJsonSlot(
  value: unknown,
  model: string | undefined,
  slot: string,
  now: number,
  source: RateLimit['source'],
): RateLimit | undefined {
  const seconds = numberAt(value, 'limit_window_seconds');
  const after = numberAt(value, 'reset_after_seconds');
  const windowMs = seconds === undefined ? spanMs(MINUTE, numberAt(value, 'window_minutes')) : spanMs(1_000, seconds);
  const resetsAt = instantAt(value, 'reset_at') ?? (after === undefined ? undefined : now + after * 1_000);
  const usedPercent = numberAt(value, 'used_percent');
  return limitOfSlot({ family: model ?? 'codex', model, slot, usedPercent, windowMs, resetsAt }, now, source);
}
