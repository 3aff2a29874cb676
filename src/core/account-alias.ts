/** Two keys of one account: a renewed token's, and the one that stays. */
export interface AccountAlias {
  readonly providerId: string;
  readonly accountKey: string;
  readonly sameAs: string;
  readonly seenAt: number;
}
