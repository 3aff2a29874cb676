import type { RelayConnection } from '../client/watch-relay.ts';

/** The connection to the relay and its latest snapshot, for every surface to draw from. */
export interface State {
  current(): RelayConnection;
  update(connection: RelayConnection): void;
  /** Draws at once, for what does not come from the relay: settings. */
  redraw(): void;
  /** Called at once and after changes, at most every 200 ms, and every 20 s so that ages and countdowns move. */
  draw(listener: (connection: RelayConnection) => void): { dispose(): void };
  dispose(): void;
}

const DRAW_MS = 200;
const TICK_MS = 20_000;

/** Holds what `watchRelay` says. A change of the connection's state is drawn at once, a new snapshot within 200 ms. */
export function createState(): State {
  let connection: RelayConnection = { state: 'unknown' };
  const listeners = new Set<(connection: RelayConnection) => void>();
  let pending: NodeJS.Timeout | undefined;

  function drawAll(): void {
    clearTimeout(pending);
    pending = undefined;
    for (const listener of listeners) listener(connection);
  }
  const tick = setInterval(drawAll, TICK_MS);
  return {
    current: () => connection,
    update(next) {
      const turned = next.state !== connection.state || next.reason !== connection.reason;
      connection = next;
      if (turned) drawAll();
      else pending ??= setTimeout(drawAll, DRAW_MS);
    },
    redraw: drawAll,
    draw(listener) {
      listeners.add(listener);
      listener(connection);
      return { dispose: () => listeners.delete(listener) };
    },
    dispose() {
      clearInterval(tick);
      clearTimeout(pending);
      listeners.clear();
    },
  };
}
