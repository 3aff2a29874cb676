/** Work that can wait until the bytes at hand were passed on. */
export interface Afterwards {
  /** Runs `task` soon, after tasks given before. `bytes` is what it keeps in memory until then. */
  add(task: () => void, bytes: number): void;
}

/** Longest turn spent on watching while agents' bytes may be waiting. */
const SLICE_MS = 2;
/** More than this is never kept waiting: then watching is done at once, and forwarding waits for it. */
const MAX_WAITING_BYTES = 32 * 1024 * 1024;

/**
 * Puts the watching of exchanges behind their forwarding: tasks run once the event loop has handled all sockets that are
 * ready, in slices, so that a burst of events on a hundred streams reaches all agents before any of it is looked at.
 */
export function createAfterwards(): Afterwards {
  let tasks: (() => void)[] = [];
  let next = 0;
  let waitingBytes = 0;
  let planned = false;

  function runSlice(): void {
    planned = false;
    const until = performance.now() + SLICE_MS;
    while (next < tasks.length && performance.now() < until) tasks[next++]!();
    if (next < tasks.length) plan();
    else reset();
  }

  function reset(): void {
    tasks = [];
    next = 0;
    waitingBytes = 0;
  }

  function plan(): void {
    if (planned) return;
    planned = true;
    setImmediate(runSlice);
  }

  return {
    add(task, bytes) {
      tasks.push(task);
      waitingBytes += bytes;
      if (waitingBytes > MAX_WAITING_BYTES) {
        while (next < tasks.length) tasks[next++]!();
        reset();
      } else plan();
    },
  };
}
