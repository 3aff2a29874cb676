/** Work that can wait until the bytes at hand were passed on. */
export interface Afterwards {
  /** Runs `task` soon, after tasks given before. `bytes` is what it keeps in memory until then. */
  add(task: () => void, bytes: number): void;
}

/** How long watching waits for a pause in forwarding: an answer that comes at once is passed on before its request is read. */
const PAUSE_MS = 4;
/** Longest turn spent on watching while agents' bytes may be waiting. */
const SLICE_MS = 0.5;
/**
 * So many tasks or bytes waiting that watching falls behind: then its turns grow with what waits. Few: what waits through a
 * garbage collection is copied by it, and hundreds of exchanges that wait cost a fifth more than a few dozen.
 */
const MANY = 32;
const MANY_BYTES = 2 * 1024 * 1024;
/** Places of tasks that are done are given back this many at a time. */
const DONE_KEPT = 250;
/** More than this is never kept waiting: then watching is done at once, and forwarding waits for it. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/**
 * Puts the watching of exchanges behind their forwarding: tasks run a moment later, in slices between which the event loop
 * handles all sockets that are ready, so that a burst of events on a hundred streams reaches all agents before any of it is
 * looked at, and what belongs together is read in one go.
 */
export function createAfterwards(): Afterwards {
  let tasks: Task[] = [];
  let next = 0;
  let waitingBytes = 0;
  let planned = false;

  function runSlice(): void {
    const behind = Math.max((tasks.length - next) / MANY, waitingBytes / MANY_BYTES);
    const until = performance.now() + SLICE_MS * (1 + Math.floor(behind));
    while (next < tasks.length && performance.now() < until) runOne();
    planned = next < tasks.length;
    if (planned) setImmediate(runSlice);
  }

  function runOne(): void {
    const { task, bytes } = tasks[next++]!;
    waitingBytes -= bytes;
    if (next === tasks.length || next >= DONE_KEPT) {
      tasks = tasks.slice(next);
      next = 0;
    }
    task();
  }

  return {
    add(task, bytes) {
      tasks.push({ task, bytes });
      waitingBytes += bytes;
      while (waitingBytes > MAX_WAITING_BYTES) runOne();
      if (planned || next === tasks.length) return;
      planned = true;
      setTimeout(runSlice, PAUSE_MS);
    },
  };
}

interface Task {
  readonly task: () => void;
  readonly bytes: number;
}
