import type { Headers } from '../core/provider.ts';
import { createBodyScan } from './http1/body-scan.ts';
import type { BodyScan } from './http1/scan.ts';
import { responseFraming } from './http1/framing.ts';
import { fieldsOf, headEnd, readResponseHead, type ResponseHead } from './http1/head.ts';
import { connectionTokens, keepAliveMs } from './http1/rewrite.ts';

/** A whole answer that the agent has not seen. */
export interface HeldReply {
  readonly status: number;
  readonly headers: Headers;
  /** Without chunk framing, still in its content coding. */
  readonly payload: Buffer;
}

/** Holds an answer back while it may still be one to wait out. */
export interface HeldResponse {
  /**
   * `more`: nothing to decide yet. `pass`: not one to wait out, hand `raw()` and all that follows to the agent.
   * Else the whole answer. Never throws.
   */
  take(bytes: Buffer): 'more' | 'pass' | HeldReply;
  /** Every byte taken so far, as it came. */
  raw(): Buffer;
  /** How long its connection may rest in the pool once the answer is whole; undefined where it ends with it. */
  restMs(): number | undefined;
}

/** An error that says why fits in this; what is longer is passed on. */
const MAX_HELD = 64 * 1024;

/** `wants` says by the status whether an answer could be one to wait out. */
export function createHeldResponse(method: string, wants: (status: number) => boolean): HeldResponse {
  let parts: Buffer[] = [];
  let bytesHeld = 0;
  let head: ResponseHead | undefined;
  let scan: BodyScan | undefined;
  const payloads: Buffer[] = [];

  function raw(): Buffer {
    const all = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    parts = [all];
    return all;
  }

  function readHead(): 'more' | 'pass' | Buffer {
    const all = raw();
    const at = headEnd(all);
    if (at < 0) return 'more';
    const reading = readResponseHead(all, at);
    if (!reading.ok || !wants(reading.head.status)) return 'pass';
    const framing = responseFraming(reading.head, method);
    if (!framing.ok || framing.framing.kind === 'until-close') return 'pass';
    head = reading.head;
    scan = createBodyScan(framing.framing);
    return all.subarray(at);
  }

  return {
    take(bytes) {
      parts.push(bytes);
      bytesHeld += bytes.length;
      if (bytesHeld > MAX_HELD) return 'pass';
      let body = bytes;
      if (head === undefined) {
        const read = readHead();
        if (typeof read === 'string') return read;
        body = read;
      }
      const mine = scan!.take(body, (payload) => payloads.push(payload));
      if (scan!.broken !== undefined || (scan!.done && mine < body.length)) return 'pass';
      if (!scan!.done) return 'more';
      return { status: head!.status, headers: fieldsOf(head!), payload: Buffer.concat(payloads) };
    },
    raw,
    restMs() {
      if (head === undefined || head.minor === 0 || connectionTokens(head)?.has('close') !== false) return undefined;
      return keepAliveMs(head) ?? Number.POSITIVE_INFINITY;
    },
  };
}
