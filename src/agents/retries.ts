/** Longest wait between two tries of one request that agents were seen to make (a Retry-After of 90 s, obeyed), with slack. */
const BACK_OFF_MS = 150_000;
const KEPT = 256;

/** Requests that were sent a while ago, by a fingerprint of account, session and body; in memory only, the last 256 of them. */
export interface RetryMemory {
  /** True where the same request was remembered within a back-off. Asks for the fingerprint only where anything is. */
  repeats(fingerprint: () => string, at: number): boolean;
  /** A request that failed, and so may be tried again. */
  failed(fingerprint: string, at: number): void;
  /** It went through: the same again would be a new turn. */
  passed(fingerprint: () => string): void;
}

/** Tells a request that is tried again from a new one. Agents do not mark retries in headers, so equal bytes are the only sign. */
export function createRetryMemory(): RetryMemory {
  const failedAt = new Map<string, number>();
  let newest = -Infinity;
  return {
    repeats(fingerprint, at) {
      if (at - newest > BACK_OFF_MS) return false;
      const before = failedAt.get(fingerprint());
      return before !== undefined && at - before <= BACK_OFF_MS;
    },
    failed(fingerprint, at) {
      failedAt.delete(fingerprint);
      failedAt.set(fingerprint, at);
      newest = Math.max(newest, at);
      if (failedAt.size > KEPT) failedAt.delete(failedAt.keys().next().value!);
    },
    passed(fingerprint) {
      if (failedAt.size > 0) failedAt.delete(fingerprint());
    },
  };
}
