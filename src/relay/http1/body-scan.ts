import { createChunkScan } from './chunk-scan.ts';
import type { Framing } from './framing.ts';
import type { BodyScan, OnPayload } from './scan.ts';

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
  const scan = {
    take(bytes: Buffer, onPayload: OnPayload) {
      const mine = Math.min(left, bytes.length);
      left -= mine;
      scan.done = left === 0;
      if (mine > 0) onPayload(mine === bytes.length ? bytes : bytes.subarray(0, mine));
      return mine;
    },
    done: length === 0,
    broken: undefined,
  };
  return scan;
}
