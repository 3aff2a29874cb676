/** 64 characters, none of which means anything inside a quoted string: plain source that any bundler takes. */
const SIGNS = '_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz$';
export const MAX_LEVEL = 31;
/** Sizes that a weight may have, in levels. */
export const SIZES = 4;
/** A sign for an entry holds a gap below this. */
const GAPS = 7;

/**
 * How weights are written as text: a few of many buckets hold one, each of four sizes and two signs. A character is either an entry
 * (how many empty buckets come before it, 0..6, and which of the eight weights it is) or a stretch of 7, 14, … 56 empty ones.
 * Levels that are no entry of `sizes` are none of this coding and are taken as empty.
 */
export function encodeLevels(levels: Int8Array, sizes: readonly number[]): string {
  const parts: string[] = [];
  let gap = 0;
  for (const level of levels) {
    const size = level === 0 ? -1 : sizes.indexOf(Math.abs(level));
    if (size < 0) {
      gap++;
      continue;
    }
    while (gap >= GAPS) {
      const stretches = Math.min(8, Math.floor(gap / GAPS));
      parts.push(SIGNS[GAPS * 8 + stretches - 1]!);
      gap -= stretches * GAPS;
    }
    parts.push(SIGNS[gap * 8 + size * 2 + (level < 0 ? 1 : 0)]!);
    gap = 0;
  }
  return parts.join('');
}

/** Text, or its character codes, as `length` levels; what stands behind the last one is left out. */
export function decodeLevels(text: string | Uint8Array, sizes: readonly number[], length: number): Int8Array {
  const codes = typeof text === 'string' ? codesOf(text) : text;
  const byCode = new Int8Array(128);
  for (let i = 0; i < SIGNS.length; i++) byCode[SIGNS.charCodeAt(i)] = i;
  const weightOf = Int8Array.from({ length: 8 }, (_, i) => (sizes[i >> 1] ?? 0) * (i % 2 === 0 ? 1 : -1));
  const levels = new Int8Array(length);
  let at = 0;
  for (let i = 0; i < codes.length; i++) {
    const sign = byCode[codes[i]! & 127]!;
    if (sign >= GAPS * 8) at += (sign - GAPS * 8 + 1) * GAPS;
    else {
      at += sign >> 3;
      if (at < length) levels[at] = weightOf[sign & 7]!;
      at++;
    }
  }
  return levels;
}

export function codesOf(text: string): Uint8Array {
  const codes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) codes[i] = text.charCodeAt(i);
  return codes;
}

/** Five bits a character. */
export function encodeBits(bits: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bits.length * 8; at += 5) {
    let value = 0;
    for (let k = 0; k < 5; k++) if (hasBit(bits, at + k)) value |= 1 << k;
    parts.push(SIGNS[value]!);
  }
  return parts.join('');
}

export function decodeBits(text: string, bytes: number): Uint8Array {
  const bits = new Uint8Array(bytes);
  for (let i = 0; i < text.length; i++) {
    const value = SIGNS.indexOf(text[i]!);
    for (let k = 0; k < 5; k++) if (value & (1 << k)) setBit(bits, i * 5 + k);
  }
  return bits;
}

function hasBit(bits: Uint8Array, at: number): boolean {
  return ((bits[at >> 3] ?? 0) & (1 << (at & 7))) !== 0;
}

function setBit(bits: Uint8Array, at: number): void {
  if (at >> 3 < bits.length) bits[at >> 3]! |= 1 << (at & 7);
}

/** A set of words by two bits each: says yes to all its members and to a few others. */
export const KNOWN_BYTES = 16_384;

export function addKnown(bits: Uint8Array, hash: number): void {
  setBit(bits, hash & (KNOWN_BYTES * 8 - 1));
  setBit(bits, (Math.imul(hash, 0x9e3779b1) >>> 9) & (KNOWN_BYTES * 8 - 1));
}

export function isKnownIn(bits: Uint8Array, hash: number): boolean {
  return (
    hasBit(bits, hash & (KNOWN_BYTES * 8 - 1)) &&
    hasBit(bits, (Math.imul(hash, 0x9e3779b1) >>> 9) & (KNOWN_BYTES * 8 - 1))
  );
}
