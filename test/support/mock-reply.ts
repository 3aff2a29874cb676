import type { MockErrorName } from './mock-errors.ts';
import type { MockRequest } from './mock-request.ts';
import type { TokenFigures } from './mock-usage.ts';

/** A part of an answer, in no dialect. */
export type Block =
  | { readonly kind: 'thinking'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tool'; readonly name: string; readonly input: Readonly<Record<string, unknown>> };

/** One assistant turn, ready to be written in a dialect. */
export interface Turn {
  readonly id: string;
  readonly model: string;
  readonly blocks: readonly Block[];
  readonly usage: TokenFigures;
  /** Unix seconds. */
  readonly createdAt: number;
}

/** How an answer travels. Everything absent: at once, plain, whole. */
export interface Delivery {
  readonly encoding?: 'gzip' | 'br' | 'zstd';
  /** Pause before the status line. */
  readonly firstByteMs?: number;
  /** Pause between server-sent events. */
  readonly dripMs?: number;
  /** Ends the connection after this many events (streams) or bytes (whole bodies). */
  readonly cut?: { readonly after: number; readonly how: 'fin' | 'rst' };
  /** Leaves the figures out of the answer; the provider still counts them. */
  readonly hideUsage?: boolean;
  /** Extra response fields, in order. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

/** What the mock answers. */
export type Reply =
  | {
      readonly kind: 'turn';
      readonly blocks: readonly Block[];
      /** Instead of the model the request asked for. */
      readonly model?: string;
      /** Instead of the figures counted from the bodies. */
      readonly usage?: TokenFigures;
      readonly delivery?: Delivery;
    }
  /** An error in the request's own dialect. */
  | { readonly kind: 'error'; readonly error: MockErrorName; readonly delivery?: Delivery }
  /** A stream that begins with status 200, gives `after` events of the turn, then says an error. */
  | {
      readonly kind: 'error-in-stream';
      readonly error: MockErrorName;
      readonly after: number;
      readonly delivery?: Delivery;
    }
  /** Bytes as given. */
  | {
      readonly kind: 'raw';
      readonly status: number;
      readonly contentType: string;
      readonly body: string | Buffer;
      readonly delivery?: Delivery;
    };

/** Decides each answer to a chat request. */
export type Script = (request: MockRequest) => Reply | Promise<Reply>;

/** A turn of one text block. */
export function say(text: string, delivery: Delivery = {}): Reply {
  return { kind: 'turn', blocks: [{ kind: 'text', text }], delivery };
}

/** A turn that asks for one tool. */
export function ask(name: string, input: Readonly<Record<string, unknown>>, delivery: Delivery = {}): Reply {
  return { kind: 'turn', blocks: [{ kind: 'tool', name, input }], delivery };
}

export function fail(error: MockErrorName, delivery: Delivery = {}): Reply {
  return { kind: 'error', error, delivery };
}

/** Gives the replies one by one, then what `rest` says. */
export function inOrder(replies: readonly Reply[], rest: Script): Script {
  let next = 0;
  return (request) => replies[next++] ?? rest(request);
}
