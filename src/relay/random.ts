import { randomFillSync } from 'node:crypto';

/** Numbers from 0 (inclusive) to 1 out of the system's random source, fetched by the block since one call each is slow. */
export function createRandom(): () => number {
  const block = new Uint8Array(4096);
  let at = block.length;
  return () => {
    if (at === block.length) {
      randomFillSync(block);
      at = 0;
    }
    return block[at++]! / 256;
  };
}
