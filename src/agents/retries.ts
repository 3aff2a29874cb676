/** Longest wait between two tries of one request that agents were seen to make (a Retry-After of 90 s, obeyed), with slack. */
const BACK_OFF_MS = 150_000;
const KEPT = 256;

export interface RetryMemory {
  /**
   * True where the same request was seen within a back-off. `fingerprint` names account, session and body; it is kept
   * in memory only, the last 256 of them.
   */
  seen(fingerprint: string, at: number): boolean;
}

/** Tells a request that is tried again from a new one. Agents do not mark retries in headers, so equal bytes are the only sign. */
export function createRetryMemory(): RetryMemory {
  const lastSeenAt = new Map<string, number>();
  return {
    seen(fingerprint, at) {
      const before = lastSeenAt.get(fingerprint);
      lastSeenAt.delete(fingerprint);
      lastSeenAt.set(fingerprint, at);
      if (lastSeenAt.size > KEPT) lastSeenAt.delete(lastSeenAt.keys().next().value!);
      return before !== undefined && at - before <= BACK_OFF_MS;
    },
  };
}
