import http from 'node:http';
import type { Headers } from '../core/provider.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import type { PollState } from '../core/snapshot.ts';
import { dial } from './dial.ts';
import { nextPoll } from './poll-schedule.ts';
import { usageUpstream, type Upstream } from './upstreams.ts';

export interface PollDeps {
  readonly now: () => number;
  readonly random: () => number;
  readonly version: string;
  readonly upstream: (providerId: string) => Upstream | undefined;
  readonly allowed: (providerId: string) => boolean;
  readonly onReading: (
    providerId: string,
    accountKey: string,
    limits: readonly RateLimit[],
    tier: string | undefined,
  ) => void;
  readonly onChange: () => void;
}

export interface UsagePoller {
  /** Traffic of an account came by. The credential is kept in memory only, and only to ask this provider. */
  seen(providerId: string, accountKey: string, credential: string, path: string): void;
  /** The endpoint was asked at `at`, before this start: the interval counts from then. */
  remember(providerId: string, accountKey: string, at: number): void;
  /** Two accounts turned out to be one: `from` is asked about no more. */
  fold(providerId: string, from: string, to: string): void;
  state(providerId: string, accountKey: string): PollState;
  /** Settings changed: think again. Providers whose plan the user told are asked although they said there is none. */
  reconsider(told?: readonly string[]): void;
  close(): void;
}

interface Polled {
  readonly providerId: string;
  readonly accountKey: string;
  credential: string;
  lastTrafficAt: number;
  lastPollAt: number | undefined;
  /** An answer of any kind came, or a failure to get one. */
  answered: boolean;
  nextAt: number | undefined;
  failures: number;
  refused: 'auth' | 'no-plan' | undefined;
  reason: string | undefined;
  asking: boolean;
  jitter: number;
  timer: NodeJS.Timeout | undefined;
}

const TIMEOUT_MS = 30_000;
const MAX_ANSWER = 256 * 1024;

/** Asks providers how much of a plan is used: politely (see poll-schedule.ts), once per machine, under our own name. */
export function createUsagePoller(deps: PollDeps): UsagePoller {
  const accounts = new Map<string, Polled>();
  const askedBefore = new Map<string, number>();
  let closed = false;

  function plan(of: Polled): void {
    clearTimeout(of.timer);
    of.nextAt = undefined;
    const upstream = deps.upstream(of.providerId);
    const poll = upstream?.provider.poll;
    // One that was folded into another account is asked about there.
    const current = accounts.get(`${of.providerId} ${of.accountKey}`) === of;
    if (closed || of.asking || poll === undefined || !current) return;
    const now = deps.now();
    const allowed = deps.allowed(of.providerId);
    const decision = nextPoll({ ...of, now, allowed, minIntervalMs: poll.minIntervalMs });
    if (decision.kind !== 'at') return;
    of.nextAt = Math.max(now, decision.at);
    of.timer = setTimeout(() => void ask(of), Math.min(of.nextAt - now, 2 ** 31 - 1));
    of.timer.unref();
  }

  async function ask(of: Polled): Promise<void> {
    const upstream = deps.upstream(of.providerId);
    const poll = upstream?.provider.poll;
    if (closed || upstream === undefined || poll === undefined) return;
    of.asking = true;
    of.lastPollAt = deps.now();
    of.jitter = deps.random();
    const { credential } = of;
    try {
      for (const headers of poll.headers(credential)) {
        const answer = await get(usageUpstream(upstream), poll.path, headers, deps.version);
        const reading = poll.read(answer.status, answer.body, deps.now());
        of.failures = reading.ok ? 0 : of.failures + 1;
        of.reason = reading.ok ? undefined : reading.message;
        of.refused = reading.ok || reading.reason === 'unreadable' ? undefined : reading.reason;
        if (reading.ok) deps.onReading(of.providerId, of.accountKey, reading.limits, reading.tier);
        if (reading.ok || reading.reason !== 'auth') break;
      }
    } catch (error) {
      of.failures += 1;
      of.reason = `The usage endpoint did not answer: ${(error as Error).message}`;
    }
    of.asking = false;
    of.answered = true;
    if (closed) return;
    if (of.credential !== credential) heal(of);
    plan(of);
    deps.onChange();
  }

  return {
    seen(providerId, accountKey, credential, path) {
      const poll = deps.upstream(providerId)?.provider.poll;
      if (poll === undefined || !poll.covers(path) || poll.takes?.(credential) === false) return;
      const key = `${providerId} ${accountKey}`;
      const known = accounts.get(key);
      const lastTrafficAt = deps.now();
      if (known !== undefined) {
        known.lastTrafficAt = lastTrafficAt;
        if (known.credential !== credential) heal(known);
        known.credential = credential;
        if (known.nextAt === undefined || known.nextAt > lastTrafficAt + poll.minIntervalMs) plan(known);
        return;
      }
      const fresh: Polled = {
        providerId,
        accountKey,
        credential,
        lastTrafficAt,
        lastPollAt: askedBefore.get(key),
        answered: askedBefore.has(key),
        nextAt: undefined,
        failures: 0,
        refused: undefined,
        reason: undefined,
        asking: false,
        jitter: 0,
        timer: undefined,
      };
      accounts.set(key, fresh);
      plan(fresh);
    },
    remember(providerId, accountKey, at) {
      const key = `${providerId} ${accountKey}`;
      askedBefore.set(key, at);
      const of = accounts.get(key);
      if (of === undefined || of.lastPollAt !== undefined) return;
      of.lastPollAt = at;
      of.answered = true;
      plan(of);
    },
    fold(providerId, from, to) {
      const [old, into] = [`${providerId} ${from}`, `${providerId} ${to}`];
      const of = accounts.get(old);
      if (of === undefined) return;
      clearTimeout(of.timer);
      accounts.delete(old);
      const known = accounts.get(into);
      if (known !== undefined) {
        if (known.credential !== of.credential) heal(known);
        known.credential = of.credential;
        known.lastTrafficAt = Math.max(known.lastTrafficAt, of.lastTrafficAt);
        plan(known);
        return;
      }
      // As if it had been seen under that key from the start; what was asked before this start still counts.
      const askedAt = Math.max(of.lastPollAt ?? 0, askedBefore.get(into) ?? 0);
      const moved = { ...of, accountKey: to, timer: undefined, asking: false };
      moved.lastPollAt = askedAt === 0 ? undefined : askedAt;
      accounts.set(into, moved);
      plan(moved);
    },
    state(providerId, accountKey) {
      const of = accounts.get(`${providerId} ${accountKey}`);
      if (of === undefined || !deps.allowed(providerId)) {
        return { state: 'off', reason: undefined, lastAt: of?.lastPollAt, nextAt: undefined };
      }
      const state =
        of.refused !== undefined ? 'paused' : of.failures > 0 ? 'backing-off' : of.answered ? 'ok' : 'waiting';
      return { state, reason: of.reason, lastAt: of.lastPollAt, nextAt: of.nextAt };
    },
    reconsider(told = []) {
      for (const of of accounts.values()) {
        if (of.refused === 'no-plan' && told.includes(of.providerId)) heal(of);
        plan(of);
      }
    },
    close() {
      closed = true;
      for (const of of accounts.values()) clearTimeout(of.timer);
    },
  };
}

/** Forgets a refusal: the next poll comes after one interval, as after any answer. */
function heal(of: Polled): void {
  if (of.refused === undefined) return;
  of.refused = undefined;
  of.failures = 0;
  of.reason = undefined;
}

async function get(
  upstream: Upstream,
  path: string,
  headers: Headers,
  version: string,
): Promise<{ status: number; body: string }> {
  const dialling = await dial(upstream, undefined, 'events');
  if (!dialling.ok) throw new Error(dialling.error.message);
  const { socket, absoluteForm } = dialling.dialled;
  return new Promise((resolve, reject) => {
    const request = http.request({
      createConnection: () => socket,
      method: 'GET',
      path: `${absoluteForm ? upstream.origin : ''}${upstream.basePath}${path}`,
      headers: {
        Host: upstream.host,
        'User-Agent': `planward/${version}`,
        Connection: 'close',
        ...Object.fromEntries(headers),
      },
      timeout: TIMEOUT_MS,
    });
    request.once('timeout', () => request.destroy(new Error('no answer within 30 s')));
    request.on('error', reject);
    request.once('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        body += part;
        if (body.length > MAX_ANSWER) request.destroy(new Error('the answer is too long'));
      });
      response.on('error', reject);
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.end();
  });
}
