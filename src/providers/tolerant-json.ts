/**
 * Small readers for vendors' JSON. A vendor's schema change must not blank a figure next to the changed one, so each
 * reader looks at one field, gives `undefined` for what is missing or of another kind, and never throws.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value a text holds; undefined where it is no JSON. Never throws. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The value itself where it is an object (no array, no null). */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function objectAt(value: unknown, key: string): JsonObject | undefined {
  return asObject(asObject(value)?.[key]);
}

/** Elements of an array field; empty where there is none. */
export function listAt(value: unknown, key: string): readonly unknown[] {
  const list = asObject(value)?.[key];
  return Array.isArray(list) ? list : [];
}

/** A string field that is not empty. */
export function textAt(value: unknown, key: string): string | undefined {
  const text = asObject(value)?.[key];
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** A finite number; vendors also send numbers as strings (`"2048"`, `"36.79"`). */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

export function numberAt(value: unknown, key: string): number | undefined {
  return asNumber(asObject(value)?.[key]);
}

/** A count: a number that is not negative; a negative one is no reading. */
export function countAt(value: unknown, key: string): number | undefined {
  const number = numberAt(value, key);
  return number !== undefined && number >= 0 ? number : undefined;
}

/** Numbers below this are seconds since epoch (it is the year 5138 in seconds, 1973 in milliseconds). */
const SECONDS_BELOW = 100_000_000_000;

/** An instant in ms since epoch from epoch ms, epoch seconds or RFC 3339; undefined for anything else and for 0. */
export function asInstant(value: unknown): number | undefined {
  const number = asNumber(value);
  if (number !== undefined) {
    if (number <= 0) return undefined;
    return Math.round(number < SECONDS_BELOW ? number * 1000 : number);
  }
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(value)) return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}

export function instantAt(value: unknown, key: string): number | undefined {
  return asInstant(asObject(value)?.[key]);
}
