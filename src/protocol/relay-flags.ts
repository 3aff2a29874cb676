/**
 * Options of Node that a relay is started with, before its program. A small young generation: V8 lets it grow to 16 MB a thread on
 * a machine with much memory, and what a relay leaves behind is short-lived. Known to every Node and Electron it runs on.
 */
export const RELAY_FLAGS: readonly string[] = ['--max-semi-space-size=2'];

/**
 * What its environment says where the user's does not: one pool of memory for all threads, since those of glibc each keep what
 * they were given (mallopt(3)). Means nothing to other systems. Figures of both: docs/measurements.md.
 */
export const RELAY_ENV: Readonly<Record<string, string>> = { MALLOC_ARENA_MAX: '1' };
