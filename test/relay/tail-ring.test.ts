import { expect, test } from 'vitest';
import { createTailRing, TAIL_BYTES } from '../../src/relay/tail-ring.ts';

const text = (length: number, from: number) =>
  Array.from({ length }, (_, i) => String.fromCharCode(97 + ((i * 7 + from) % 26))).join('');

test.each([
  [[0]],
  [[10, 20]],
  [[TAIL_BYTES]],
  [[TAIL_BYTES - 5, 3, 2]],
  [[TAIL_BYTES - 5, 13]],
  [[300_000, 7, 65_536]],
])('pieces of %j bytes leave their last bytes as text, however many are asked for', (sizes) => {
  const ring = createTailRing();
  const pieces = sizes.map(text);
  for (const piece of pieces) ring.push(Buffer.from(piece));
  const all = pieces.join('').slice(-TAIL_BYTES);
  for (const length of [0, 1, 9, 36_864, TAIL_BYTES, Number.POSITIVE_INFINITY]) {
    expect(ring.text(length)).toBe(all.slice(Math.max(0, all.length - length)));
  }
  expect(ring.bytes().toString()).toBe(all);
  ring.release();
});
