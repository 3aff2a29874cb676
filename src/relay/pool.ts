import type net from 'node:net';
import { dial, type Dialled, type DialError } from './dial.ts';
import type { Keep } from './reading.ts';
import type { Upstream } from './upstreams.ts';

/** What a borrower of an upstream connection hears. All optional work is done by whoever holds it at the time. */
export interface LinkListener {
  onData(bytes: Buffer, keep: Keep): void;
  /** The upstream ended (`error` undefined) or broke its connection. Called once. */
  onClose(error: Error | undefined): void;
  onDrain(): void;
}

/** One connection to an upstream, lent to one exchange at a time. */
export interface Link {
  readonly socket: net.Socket;
  readonly absoluteForm: boolean;
  /** True where an earlier exchange used it. */
  readonly reused: boolean;
  listen(listener: LinkListener): void;
  /** Back to the pool, for at most `idleMs`; only after a complete, self-delimited response. */
  release(idleMs: number | undefined): void;
  destroy(): void;
}

export type Lending = { readonly ok: true; readonly link: Link } | { readonly ok: false; readonly error: DialError };

export interface Pool {
  /** An idle connection at once, where there is one. */
  idle(upstream: Upstream): Link | undefined;
  connect(upstream: Upstream): Promise<Lending>;
  close(): void;
}

/** How long an idle upstream connection is kept: well under the 60 s common load balancers allow. */
const IDLE_MS = 30_000;
const MAX_IDLE_PER_UPSTREAM = 64;

const DISCARD: LinkListener = { onData: () => {}, onClose: () => {}, onDrain: () => {} };

/** How often connections are looked for that have been idle for too long; one is never lent after its time all the same. */
const SWEEP_MS = 5_000;

/** Keep-alive connections per upstream origin, newest first out. A connection that dies or speaks while idle is dropped. */
export function createPool(): Pool {
  const idle = new Map<string, Resting[]>();
  let closed = false;
  const sweeper = setInterval(() => {
    const now = performance.now();
    for (const resting of [...idle.values()].flat()) if (resting.until <= now) resting.destroy();
  }, SWEEP_MS);
  sweeper.unref();

  interface Resting {
    /** On `performance.now()`. */
    until: number;
    readonly wake: () => Link;
    readonly destroy: () => void;
  }

  function open(key: string, { socket, read, absoluteForm }: Dialled): Link {
    let listener = DISCARD;
    let ended = false;

    function over(error: Error | undefined): void {
      if (ended) return;
      ended = true;
      const last = listener;
      listener = DISCARD;
      forget();
      last.onClose(error);
      socket.destroy();
    }
    read((bytes, keep) => {
      if (listener === DISCARD) socket.destroy();
      else listener.onData(bytes, keep);
    });
    socket.on('drain', () => listener.onDrain());
    socket.on('end', () => over(undefined));
    socket.on('error', over);
    socket.on('close', () => over(undefined));

    const resting: Resting = { until: 0, wake, destroy: () => socket.destroy() };
    function forget(): void {
      const list = idle.get(key);
      const at = list?.lastIndexOf(resting) ?? -1;
      if (at >= 0) list!.splice(at, 1);
    }
    function wake(): Link {
      link.reused = true;
      return link;
    }
    const link: Link & { reused: boolean } = {
      socket,
      absoluteForm,
      reused: false,
      listen(next) {
        listener = next;
      },
      release(idleMs = IDLE_MS) {
        listener = DISCARD;
        let list = idle.get(key);
        if (list === undefined) idle.set(key, (list = []));
        if (ended || closed || socket.destroyed || idleMs <= 0 || list.length >= MAX_IDLE_PER_UPSTREAM) {
          socket.destroy();
          return;
        }
        if (socket.isPaused()) socket.resume();
        resting.until = performance.now() + Math.min(idleMs, IDLE_MS);
        list.push(resting);
      },
      destroy() {
        listener = DISCARD;
        socket.destroy();
      },
    };
    return link;
  }

  return {
    idle(upstream) {
      const list = idle.get(upstream.origin);
      for (let last = list?.pop(); last !== undefined; last = list?.pop()) {
        if (last.until > performance.now()) return last.wake();
        last.destroy();
      }
      return undefined;
    },
    async connect(upstream) {
      const dialling = await dial(upstream);
      return dialling.ok ? { ok: true, link: open(upstream.origin, dialling.dialled) } : dialling;
    },
    close() {
      closed = true;
      clearInterval(sweeper);
      for (const resting of [...idle.values()].flat()) resting.destroy();
    },
  };
}
