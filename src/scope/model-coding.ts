/**
 * How weights are written as text: one character a weight, 63 levels, all of them word characters, so that the file is
 * plain source that any bundler takes. `F` (index 31) is 0.
 */
const LEVELS = '_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const MIDDLE = 31;
export const MAX_LEVEL = 31;

/** Levels -31..31 as text. */
export function encodeLevels(levels: Int8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < levels.length; i++) parts.push(LEVELS[levels[i]! + MIDDLE]!);
  return parts.join('');
}

/** Text as levels -31..31; a character that is none counts as 0. */
export function decodeLevels(text: string): Int8Array {
  const byCode = new Int8Array(128);
  for (let i = 0; i < LEVELS.length; i++) byCode[LEVELS.charCodeAt(i)] = i - MIDDLE;
  const levels = new Int8Array(text.length);
  for (let i = 0; i < text.length; i++) levels[i] = byCode[text.charCodeAt(i) & 127]!;
  return levels;
}

/** Five bits a character. */
export function encodeBits(bits: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bits.length * 8; at += 5) {
    let value = 0;
    for (let k = 0; k < 5; k++) if (hasBit(bits, at + k)) value |= 1 << k;
    parts.push(LEVELS[value]!);
  }
  return parts.join('');
}

export function decodeBits(text: string, bytes: number): Uint8Array {
  const bits = new Uint8Array(bytes);
  for (let i = 0; i < text.length; i++) {
    const value = LEVELS.indexOf(text[i]!);
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
