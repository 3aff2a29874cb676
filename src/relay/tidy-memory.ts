import { performance } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface TidyOptions {
  /** How often it looks; 10 s where absent. */
  readonly everyMs?: number;
}

const EVERY_MS = 10_000;
/** Share of a look's time that may have been work. */
const IDLE = 0.05;
/** Growth that is worth the 10 to 30 ms that collecting takes. */
const GROWN_BYTES = 6 * 1024 * 1024;

/**
 * Gives memory back to the system once this thread rests: V8 collects when there is work to do, so that a relay keeps all
 * night what a busy hour left, on a machine with much memory hundreds of megabytes. Each thread looks after its own heap.
 * Does nothing where this Node has no collector to call. Gives what ends it.
 */
export function tidyMemory({ everyMs = EVERY_MS }: TidyOptions = {}): () => void {
  let collect: Collector | undefined;
  let sizeAfter = 0;
  let before = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    if (utilization > IDLE || getHeapStatistics().total_heap_size < sizeAfter + GROWN_BYTES) return;
    (collect ??= collector())({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    sizeAfter = getHeapStatistics().total_heap_size;
    before = performance.eventLoopUtilization();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

type Collector = (how: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

/** V8's own `gc`, which only contexts made after this flag have. */
function collector(): Collector {
  try {
    setFlagsFromString('--expose-gc');
    const found: unknown = runInNewContext('gc');
    return typeof found === 'function' ? (found as Collector) : () => {};
  } catch {
    return () => {};
  }
}
