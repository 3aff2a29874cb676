import { request } from 'node:http';
import { createParser } from 'eventsource-parser';
import type { Snapshot } from '../core/snapshot.ts';
import { CONTROL } from '../protocol/control.ts';
import { readSnapshot } from '../protocol/snapshot.ts';
import type { RelayAddress } from './call-relay.ts';

/** Why a subscription ended. `unauthorised`: the token is not this relay's. `ended`: the relay closed it, went away or fell silent. */
export type SubscriptionEnd = 'unauthorised' | 'ended' | 'closed';

export interface Subscriber {
  readonly onSnapshot: (snapshot: Snapshot) => void;
  /** A snapshot came that this version cannot read; the last good one still stands. */
  readonly onUnreadable: () => void;
}

export interface Subscription {
  /** Settles once, never rejects. */
  readonly ended: Promise<SubscriptionEnd>;
  close(): void;
}

/** The relay sends a sign of life every 15 s; three missed ones mean that it hangs. */
const SILENCE_MS = 45_000;

/**
 * Listens to the relay's events until it ends or `close` is called. The first snapshot comes at once. `asks`: the subscriber
 * can put a held turn to the user, so the relay may hold one.
 */
export function subscribe(
  relay: RelayAddress,
  subscriber: Subscriber,
  options: { readonly asks?: boolean } = {},
): Subscription {
  const { promise, resolve } = Promise.withResolvers<SubscriptionEnd>();
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event !== 'snapshot') return;
      const snapshot = readSnapshot(data);
      if (snapshot === undefined) subscriber.onUnreadable();
      else subscriber.onSnapshot(snapshot);
    },
  });
  const call = request(
    {
      host: '127.0.0.1',
      port: relay.port,
      path: options.asks === true ? `${CONTROL.events}?asks=1` : CONTROL.events,
      agent: false,
      headers: { accept: 'text/event-stream', authorization: `Bearer ${relay.token}` },
    },
    (response) => {
      if (response.statusCode !== 200) {
        resolve(response.statusCode === 401 || response.statusCode === 403 ? 'unauthorised' : 'ended');
        call.destroy();
        return;
      }
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => parser.feed(chunk));
      response.on('close', () => resolve('ended'));
      response.on('error', () => resolve('ended'));
    },
  );
  call.setTimeout(SILENCE_MS, () => call.destroy());
  call.on('error', () => resolve('ended'));
  call.end();
  return {
    ended: promise,
    close() {
      resolve('closed');
      call.destroy();
    },
  };
}
