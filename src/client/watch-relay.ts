import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Snapshot } from '../core/snapshot.ts';
import { compareVersions } from '../protocol/endpoint.ts';
import type { Endpoint } from '../protocol/endpoint.ts';
import { backOffMs } from './back-off.ts';
import { drainRelay, succeedRelay } from './call-relay.ts';
import { askHealth, findRelay } from './find-relay.ts';
import type { FindResult } from './find-relay.ts';
import { installProgram, launchRelay } from './launch-relay.ts';
import type { LaunchRequest, LaunchResult } from './launch-relay.ts';
import { nextStep } from './next-step.ts';
import { subscribe } from './subscribe.ts';
import type { Subscription } from './subscribe.ts';

/** Why the relay is not live. */
export type RelayTrouble =
  | 'off'
  | 'restarting'
  | 'draining'
  | 'other-protocol'
  | 'unreadable'
  | 'unauthorised'
  | Extract<LaunchResult, { ok: false }>['reason'];

/**
 * - `starting`: not there yet, or gone a moment ago and on its way back.
 * - `live`: connected; `snapshot` is what it says now.
 * - `lost`: off, or cannot be started; `reason` and `message` say why.
 * - `unknown`: nothing was tried yet, or a relay runs that this version cannot understand.
 *
 * `snapshot` is the last one received and may be old unless `live`; undefined before the first.
 * `endpoint` is there while a relay is or was just connected.
 */
export interface RelayConnection {
  readonly state: 'starting' | 'live' | 'lost' | 'unknown';
  readonly snapshot?: Snapshot | undefined;
  readonly endpoint?: Endpoint | undefined;
  readonly reason?: RelayTrouble | undefined;
  /** Who holds the port, where `reason` is `port-busy` and that can be told. */
  readonly owner?: string | undefined;
  /** One plain English sentence, for the log. */
  readonly message?: string | undefined;
}

export interface WatchOptions {
  readonly home: string;
  readonly port: number;
  readonly version: string;
  readonly relayScript: string;
  /** Whether a missing relay is started without being asked. */
  readonly autoStart: boolean;
  readonly onChange: (connection: RelayConnection) => void;
  /** Replaceable for tests. */
  readonly launch?: (request: LaunchRequest) => Promise<LaunchResult>;
  readonly wait?: (failures: number) => number;
}

export interface RelayWatch {
  /** The user asks for a relay now, whatever the settings say. */
  start(): void;
  /** The user asks for a fresh relay: the running one finishes its streams and leaves. */
  restart(): void;
  dispose(): void;
}

/** How often a relay that is off is looked for, since anyone may start one. */
const LOOK_AGAIN_MS = 5000;
/** Time a newer window gets to bring up the successor of a relay it drained. */
const SUCCESSOR_MS = 3000;
/** A connection that held this long counts as a success. */
const HELD_MS = 10_000;

/**
 * Keeps one connection to the relay of a home: finds it, starts it where allowed, follows its snapshots, brings it back
 * when it dies. A newer program replaces an older relay by draining it; never the other way round. Reports every change
 * through `onChange`, never throws, and leaves the relay running when disposed.
 */
export function watchRelay(options: WatchOptions): RelayWatch {
  const launch = options.launch ?? launchRelay;
  const wait = options.wait ?? ((failures) => backOffMs(failures, Math.random()));
  let disposed = false;
  let asked: 'start' | 'restart' | undefined;
  let failures = 0;
  let snapshot: Snapshot | undefined;
  let subscription: Subscription | undefined;
  /** Version of the newest relay seen here: an older window brings that one back, not its own. */
  let newestSeen = options.version;
  let wake = new AbortController();

  function emit(connection: RelayConnection): void {
    if (!disposed) options.onChange({ ...connection, snapshot });
  }

  async function sleep(ms: number): Promise<void> {
    if (ms > 0) await pause(ms, undefined, { signal: wake.signal, ref: false }).catch(() => undefined);
    if (wake.signal.aborted) wake = new AbortController();
  }

  async function bringUp(notPid: number | undefined): Promise<number> {
    const { home, port } = options;
    const result = await launch({ home, port, ...newestProgram(options, newestSeen), notPid });
    if (result.ok) {
      asked = undefined;
      return 0;
    }
    failures++;
    emit({ state: 'lost', reason: result.reason, message: result.message, owner: result.owner });
    return wait(failures);
  }

  /** The older relay hands its port to our version without letting go of it in between; false where it cannot. */
  async function takeOver(endpoint: Endpoint): Promise<boolean> {
    const { version, relayScript } = newestProgram(options, newestSeen);
    const installed = await installProgram(options.home, version, relayScript);
    return installed.ok && (await succeedRelay(endpoint, version)).ok;
  }

  async function replace(endpoint: Endpoint, pid: number): Promise<number> {
    emit({ state: 'starting', reason: 'restarting', endpoint });
    if (asked !== 'restart' && (await takeOver(endpoint))) return 0;
    const drained = await drainRelay(endpoint);
    if (!drained.ok && drained.reason !== 'unreachable') {
      failures++;
      asked = undefined;
      emit({ state: 'lost', reason: 'unauthorised', message: drained.message });
      return wait(failures);
    }
    if (asked === 'restart') asked = 'start';
    await untilGone(endpoint.port, pid);
    return bringUp(pid);
  }

  async function follow(endpoint: Endpoint): Promise<number> {
    const since = Date.now();
    if (compareVersions(endpoint.version, newestSeen) > 0) newestSeen = endpoint.version;
    let draining = false;
    const subscriber = {
      onSnapshot(next: Snapshot) {
        snapshot = next;
        draining = next.relay.draining;
        emit({ state: 'live', endpoint });
      },
      onUnreadable: () =>
        emit({
          state: 'unknown',
          reason: 'unreadable',
          endpoint,
          message: 'The relay sent a snapshot this version cannot read.',
        }),
    };
    subscription = subscribe(endpoint, subscriber, { asks: true });
    const end = await subscription.ended;
    subscription = undefined;
    if (disposed || asked !== undefined) return 0;
    failures = Date.now() - since >= HELD_MS ? 0 : failures + 1;
    if (end === 'unauthorised') {
      emit({
        state: 'lost',
        reason: 'unauthorised',
        message: 'The relay does not know our token; it was started anew.',
      });
      return Math.max(1000, wait(failures));
    }
    emit({ state: 'starting', reason: draining ? 'draining' : 'restarting', endpoint });
    return draining ? SUCCESSOR_MS : wait(failures - 1);
  }

  async function turn(): Promise<number> {
    const found: FindResult = await findRelay(options.home);
    if (disposed) return 0;
    const step = nextStep(found, {
      version: options.version,
      mayStart: options.autoStart || asked !== undefined,
      restart: asked === 'restart',
    });
    switch (step.do) {
      case 'follow':
        asked = undefined;
        return follow(step.endpoint);
      case 'replace':
        return replace(step.endpoint, step.health.pid);
      case 'launch':
        if (failures === 0 || asked !== undefined) emit({ state: 'starting' });
        return bringUp(undefined);
      case 'wait':
        emit({ state: step.state, reason: step.reason, message: found.ok ? undefined : found.message });
        return step.reason === 'draining' ? 500 : LOOK_AGAIN_MS;
      default:
        step satisfies never;
        return LOOK_AGAIN_MS;
    }
  }

  async function run(): Promise<void> {
    for (;;) {
      const ms = await turn();
      if (isOver()) return;
      await sleep(ms);
    }
  }

  function isOver(): boolean {
    return disposed;
  }

  function ask(what: 'start' | 'restart'): void {
    if (what === 'start' && subscription !== undefined) return;
    asked = what;
    failures = 0;
    wake.abort();
    if (what === 'restart') subscription?.close();
  }

  void run();
  return {
    start: () => ask('start'),
    restart: () => ask('restart'),
    dispose() {
      disposed = true;
      wake.abort();
      subscription?.close();
    },
  };
}

/** The copy that a newer window left in the home, where one was seen and is still there; else the program we brought. */
function newestProgram(
  { home, version, relayScript }: WatchOptions,
  newestSeen: string,
): Pick<LaunchRequest, 'version' | 'relayScript'> {
  const copy = `${home}/relay-${newestSeen}.cjs`;
  const newer = newestSeen !== version && /^[\w.-]+$/.test(newestSeen) && existsSync(copy);
  return newer ? { version: newestSeen, relayScript: copy } : { version, relayScript };
}

/** Waits, at most 5 s, until the process no longer listens. What it still streams it finishes on its own. */
async function untilGone(port: number, pid: number): Promise<void> {
  for (let i = 0; i < 50; i++) {
    const reading = await askHealth(port, 500);
    if (reading.kind !== 'ours' || reading.health.pid !== pid) return;
    await pause(100);
  }
}
