import { isDeepStrictEqual } from 'node:util';
import type { ConfigFormat, KeyPath } from '../core/connection.ts';
import { FORMATS } from './formats.ts';
import { valueAt, withValue } from './key-path.ts';

export type ConfigReading =
  | { readonly ok: true; readonly value: unknown }
  /** `message` says what is wrong in the text, in the parser's words. */
  | { readonly ok: false; readonly message: string };

/** The values of a configuration text. Never throws. */
export function readConfig(text: string, format: ConfigFormat): ConfigReading {
  try {
    return { ok: true, value: FORMATS[format]().parse(text) };
  } catch (error) {
    return { ok: false, message: firstLine(error) };
  }
}

export type ConfigEdit =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

/**
 * A text with one value changed (`undefined`: taken away), all else as it was written. What an editor made is read
 * again and compared with what was asked for, so a text is changed rightly or not at all. Never throws.
 */
export function editConfig(text: string, format: ConfigFormat, path: KeyPath, value: unknown): ConfigEdit {
  try {
    const { parse, edit } = FORMATS[format]();
    const before = parse(text);
    if (valueAt(before, path) === value) return { ok: true, text };
    const after = edit(text, path, value);
    const wanted = withValue(before ?? {}, path, value);
    if (!isDeepStrictEqual(plain(parse(after) ?? {}), plain(wanted))) {
      return { ok: false, message: 'the file is written in a way in which this one value cannot be changed safely' };
    }
    return { ok: true, text: after };
  } catch (error) {
    return { ok: false, message: firstLine(error) };
  }
}

/** True where two texts are both readable and hold the same values. Never throws. */
export function saysTheSame(a: string, b: string, format: ConfigFormat): boolean {
  const [left, right] = [readConfig(a, format), readConfig(b, format)];
  return left.ok && right.ok && isDeepStrictEqual(plain(left.value ?? {}), plain(right.value ?? {}));
}

/** Parsers hand out objects with and without a prototype; dates and the like by their text. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each)));
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
}
