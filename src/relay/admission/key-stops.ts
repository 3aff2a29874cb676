/** All traffic of one key is held back, since the provider acted on its terms and more of it makes that worse. */
export interface KeyStop {
  readonly providerId: string;
  readonly accountKey: string;
  /** What the provider said, `1313`. */
  readonly code: string;
  readonly since: number;
}

export interface KeyStops {
  stop(stop: KeyStop): void;
  of(providerId: string, accountKey: string): KeyStop | undefined;
  /** The user lifts it. True where there was one. */
  lift(providerId: string, accountKey: string): boolean;
  list(): readonly KeyStop[];
}

export function createKeyStops(onChange: () => void): KeyStops {
  const stops = new Map<string, KeyStop>();
  const keyOf = (providerId: string, accountKey: string) => `${providerId} ${accountKey}`;
  return {
    stop(stop) {
      const key = keyOf(stop.providerId, stop.accountKey);
      if (stops.has(key)) return;
      stops.set(key, stop);
      onChange();
    },
    of: (providerId, accountKey) => stops.get(keyOf(providerId, accountKey)),
    lift(providerId, accountKey) {
      const lifted = stops.delete(keyOf(providerId, accountKey));
      if (lifted) onChange();
      return lifted;
    },
    list: () => [...stops.values()],
  };
}
