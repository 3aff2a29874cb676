/** Sends Snapshots out when something changed: soon, but not more often than people can see. */
export interface Publisher {
  touch(): void;
  close(): void;
}

const SETTLE_MS = 200;
/** Countdowns, ages and windows move without any traffic. */
const TICK_MS = 30_000;

export function createPublisher(publish: () => void): Publisher {
  let waiting: NodeJS.Timeout | undefined;
  let closed = false;
  const tick = setInterval(publish, TICK_MS);
  tick.unref();
  return {
    touch() {
      if (closed || waiting !== undefined) return;
      waiting = setTimeout(() => {
        waiting = undefined;
        publish();
      }, SETTLE_MS);
      waiting.unref();
    },
    close() {
      closed = true;
      clearInterval(tick);
      clearTimeout(waiting);
    },
  };
}
