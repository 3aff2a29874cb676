/** The last bytes of a long body, copied into a block that is used again and again. */
export interface TailRing {
  push(payload: Buffer): void;
  /** Everything held, in its order; it holds until the next call for any ring. */
  bytes(): Buffer;
  /** The last `length` bytes of it, or all, as text. */
  text(length: number): string;
  /** Gives the block back. */
  release(): void;
}

export const TAIL_BYTES = 192 * 1024;
const FREE_KEPT = 16;
const free: Buffer[] = [];
/** One for all: memory that is taken anew for each long body costs more than the copy. */
const inOrder = Buffer.allocUnsafeSlow(TAIL_BYTES);

/**
 * Holding on to the views that come off the wire would keep their whole blocks alive past a garbage collection, and each
 * such block makes the next collection dearer; a copy of the last part costs a few microseconds.
 */
export function createTailRing(): TailRing {
  let block: Buffer | undefined = free.pop() ?? Buffer.allocUnsafeSlow(TAIL_BYTES);
  let at = 0;
  let held = 0;
  return {
    push(payload) {
      if (block === undefined) return;
      const part = payload.length > TAIL_BYTES ? payload.subarray(payload.length - TAIL_BYTES) : payload;
      const first = Math.min(part.length, TAIL_BYTES - at);
      part.copy(block, at, 0, first);
      if (first < part.length) part.copy(block, 0, first);
      at = (at + part.length) % TAIL_BYTES;
      held = Math.min(TAIL_BYTES, held + part.length);
    },
    bytes() {
      if (block === undefined) return Buffer.alloc(0);
      if (held < TAIL_BYTES) return block.subarray(0, held);
      block.copy(inOrder, 0, at);
      block.copy(inOrder, TAIL_BYTES - at, 0, at);
      return inOrder;
    },
    text(length) {
      if (block === undefined) return '';
      const wanted = Math.min(held, length);
      const from = held < TAIL_BYTES ? at - wanted : (at - wanted + TAIL_BYTES) % TAIL_BYTES;
      if (from + wanted <= TAIL_BYTES) return block.toString('utf8', from, from + wanted);
      return Buffer.concat([block.subarray(from), block.subarray(0, from + wanted - TAIL_BYTES)]).toString('utf8');
    },
    release() {
      if (block !== undefined && free.length < FREE_KEPT) free.push(block);
      block = undefined;
    },
  };
}
