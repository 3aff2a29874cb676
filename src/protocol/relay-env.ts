/**
 * What a relay's environment says where the user's does not: one pool of memory for all threads, since those of glibc each keep
 * what they were given (mallopt(3)). Means nothing to other systems. What it saves, and why no smaller young generation is asked
 * for beside it: docs/measurements.md.
 */
export const RELAY_ENV: Readonly<Record<string, string>> = { MALLOC_ARENA_MAX: '1' };
