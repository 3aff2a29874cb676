import { createChunkScan } from './chunk-scan.ts';
import type { Framing } from './framing.ts';

/** Receives the payload of a body, without chunk framing. The buffer is a view: copy it to keep it. */
export type OnPayload = (payload: Buffer) => void;

/**
 * Finds the end of one message body in a stream of bytes, without changing them.
 * `take` gives how many bytes of `bytes` belong to this body: less than all of them means the body is complete
 * (or broken: then `broken` says why and nothing further may be forwarded as this message).
 */
export interface BodyScan {
  take(bytes: Buffer, onPayload: OnPayload): number;
  readonly done: boolean;
  readonly broken: string | undefined;
}

export function createBodyScan(framing: Framing): BodyScan {
  switch (framing.kind) {
    case 'none':
      return { take: () => 0, done: true, broken: undefined };
    case 'until-close':
      return { take: takeAll, done: false, broken: undefined };
    case 'length':
      return createLengthScan(framing.length);
    case 'chunked':
      return createChunkScan();
    default:
      return framing satisfies never;
  }
}

function takeAll(bytes: Buffer, onPayload: OnPayload): number {
  onPayload(bytes);
  return bytes.length;
}

function createLengthScan(length: number): BodyScan {
  let left = length;
  return {
    take(bytes, onPayload) {
      const mine = Math.min(left, bytes.length);
      left -= mine;
      if (mine > 0) onPayload(mine === bytes.length ? bytes : bytes.subarray(0, mine));
      return mine;
    },
    get done() {
      return left === 0;
    },
    broken: undefined,
  };
}
