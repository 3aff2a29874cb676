import type { AgentConnection } from './serve-agent.ts';

export interface DrainDeps {
  readonly connections: ReadonlySet<AgentConnection>;
  /** Exchanges whose end was not read yet. */
  readonly inFlight: () => number;
  /** Lets go of the port. Called once, at the beginning. */
  readonly onBegin: (why: string) => void;
  /** Ends all else. Called once, when the last connection is gone and read. */
  readonly finish: () => Promise<void>;
}

export interface Drain {
  readonly begun: boolean;
  /** Resolves when all has ended. */
  readonly ended: Promise<void>;
  /** Takes no more connections and finishes what is under way. A second call cuts what still is. */
  begin(why: string): void;
  /** A connection or an exchange ended: look whether it was the last. */
  look(): void;
}

/** Connections that said nothing for this long are ended while draining; the others get to say `Connection: close` first. */
const GRACE_MS = 2_000;
/** Longest wait for exchanges to be read once their bytes are gone: decompression runs beside them. */
const READING_MS = 2_000;

/** The orderly end of a relay: port first, then connections, then what was seen of them, then the rest. */
export function createDrain(deps: DrainDeps): Drain {
  const ended = Promise.withResolvers<void>();
  let begun = false;
  let finishing = false;
  let reading: NodeJS.Timeout | undefined;

  function look(): void {
    if (!begun || finishing || deps.connections.size > 0) return;
    if (deps.inFlight() > 0) reading ??= setTimeout(finish, READING_MS);
    else finish();
  }

  function finish(): void {
    if (finishing) return;
    finishing = true;
    clearTimeout(reading);
    void deps.finish().then(ended.resolve, ended.reject);
  }

  return {
    get begun() {
      return begun;
    },
    ended: ended.promise,
    begin(why) {
      if (begun) {
        for (const connection of deps.connections) connection.destroy();
      } else {
        begun = true;
        deps.onBegin(why);
        for (const connection of deps.connections) connection.retire(GRACE_MS);
      }
      look();
    },
    look,
  };
}
