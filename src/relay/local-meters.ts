import http from 'node:http';
import https from 'node:https';
import type { Headers, LocalMeter, Provider, QuotaReading } from '../core/provider.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import type { PollState } from '../core/snapshot.ts';
import type { LocalServer } from './local-servers.ts';
import { nextPoll } from './poll-schedule.ts';

export interface LocalMeterDeps {
  readonly now: () => number;
  readonly random: () => number;
  readonly providers: readonly Provider[];
  /** True only where the user switched it on. */
  readonly allowed: (providerId: string) => boolean;
  readonly accountKeyOf: (providerId: string) => string;
  /** Undefined where this system's processes cannot be looked at. */
  readonly servers: (wanted: (args: readonly string[]) => boolean) => Promise<readonly LocalServer[] | undefined>;
  readonly onReading: (
    providerId: string,
    accountKey: string,
    limits: readonly RateLimit[],
    tier: string | undefined,
  ) => void;
  readonly onChange: () => void;
}

export interface LocalMeters {
  /** Undefined for providers without a program on this machine. */
  state(providerId: string): PollState | undefined;
  /** Settings changed: think again. */
  reconsider(): void;
  close(): void;
}

interface Metered {
  readonly provider: Provider;
  readonly meter: LocalMeter;
  lastPollAt: number | undefined;
  nextAt: number | undefined;
  failures: number;
  reason: string | undefined;
  asking: boolean;
  answered: boolean;
  jitter: number;
  timer: NodeJS.Timeout | undefined;
}

const TIMEOUT_MS = 5_000;
const MAX_ANSWER = 256 * 1024;

/**
 * Asks vendors' own programs on this machine how much of a plan is used, on loopback and only where the user switched that
 * on. There is no traffic to go by, so they are asked at their interval; one that is not running or says no is asked less and
 * less often, up to once an hour.
 */
export function createLocalMeters(deps: LocalMeterDeps): LocalMeters {
  const metered = new Map<string, Metered>();
  for (const provider of deps.providers) {
    if (provider.local === undefined) continue;
    metered.set(provider.id, {
      provider,
      meter: provider.local,
      lastPollAt: undefined,
      nextAt: undefined,
      failures: 0,
      reason: undefined,
      asking: false,
      answered: false,
      jitter: 0,
      timer: undefined,
    });
  }
  let closed = false;

  function plan(of: Metered): void {
    clearTimeout(of.timer);
    of.nextAt = undefined;
    if (closed || of.asking) return;
    const now = deps.now();
    const { minIntervalMs } = of.meter;
    const allowed = deps.allowed(of.provider.id);
    const decision = nextPoll({ ...of, now, minIntervalMs, allowed, lastTrafficAt: now, refused: undefined });
    if (decision.kind !== 'at') return;
    of.nextAt = Math.max(now, decision.at);
    of.timer = setTimeout(() => void ask(of), of.nextAt - now);
    of.timer.unref();
  }

  async function ask(of: Metered): Promise<void> {
    of.asking = true;
    of.lastPollAt = deps.now();
    of.jitter = deps.random();
    const reading = await read(of).catch((error: unknown): QuotaReading => {
      return { ok: false, reason: 'unreadable', message: (error as Error).message };
    });
    of.asking = false;
    of.answered = true;
    if (closed) return;
    of.failures = reading.ok ? 0 : of.failures + 1;
    of.reason = reading.ok ? undefined : reading.message;
    const { id } = of.provider;
    if (reading.ok) deps.onReading(id, deps.accountKeyOf(id), reading.limits, reading.tier);
    plan(of);
    deps.onChange();
  }

  /** The first good answer of any port of any such process; else the answer that says most. */
  async function read({ meter, provider }: Metered): Promise<QuotaReading> {
    let best: QuotaReading | undefined;
    const servers = await deps.servers((each) => meter.recognise(each) !== undefined);
    if (servers === undefined) {
      return { ok: false, reason: 'unreadable', message: `${provider.name} cannot be looked for on this system yet.` };
    }
    for (const { args, ports } of servers) {
      const headers = meter.headers(meter.recognise(args)?.token);
      for (const port of ports) {
        for (const tls of [true, false]) {
          const answer = await post(port, tls, meter, headers);
          if (answer === undefined) continue;
          const reading = meter.read(answer.status, answer.body, deps.now());
          if (reading.ok) return reading;
          if (best === undefined || reading.reason !== 'unreadable') best = reading;
          break;
        }
      }
    }
    const message = `${provider.name} does not seem to be running on this machine.`;
    return best ?? { ok: false, reason: 'unreadable', message };
  }

  for (const of of metered.values()) plan(of);
  return {
    state(providerId) {
      const of = metered.get(providerId);
      if (of === undefined) return undefined;
      const { lastPollAt: lastAt, nextAt, reason } = of;
      if (!deps.allowed(providerId)) return { state: 'off', reason: undefined, lastAt, nextAt: undefined };
      const state = of.failures > 0 ? 'backing-off' : of.answered ? 'ok' : 'waiting';
      return { state, reason, lastAt, nextAt };
    },
    reconsider() {
      for (const of of metered.values()) plan(of);
    },
    close() {
      closed = true;
      for (const { timer } of metered.values()) clearTimeout(timer);
    },
  };
}

/** Undefined where nobody answers in that way. */
function post(
  port: number,
  tls: boolean,
  { path, body }: LocalMeter,
  headers: Headers,
): Promise<{ status: number; body: string } | undefined> {
  return new Promise((resolve) => {
    const options: https.RequestOptions = {
      host: '127.0.0.1',
      port,
      path,
      method: 'POST',
      agent: false,
      timeout: TIMEOUT_MS,
      headers: { ...Object.fromEntries(headers), 'Content-Length': Buffer.byteLength(body) },
      // The program signs its own certificate; the port is known to be that process's, and this is loopback.
      rejectUnauthorized: false,
    };
    const request = (tls ? https : http).request(options);
    request.once('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
    request.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        if (text.length > MAX_ANSWER) request.destroy();
      });
      response.on('error', () => resolve(undefined));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    request.end(body);
  });
}
