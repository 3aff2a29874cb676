import type { Guard } from '../../core/guard.ts';

/** One thing that can be changed about a provider's guard. `percent` undefined: off. */
export type GuardChange =
  | { readonly kind: 'pause'; readonly percent: number | undefined }
  | { readonly kind: 'peak'; readonly on: boolean }
  | {
      readonly kind: 'budget';
      readonly window: string;
      readonly line: 'soft' | 'hard';
      readonly percent: number | undefined;
    }
  | { readonly kind: 'none' };

type Budget = NonNullable<Guard['budgets']>[number];

/** A guard with one thing changed; undefined where nothing is left of it. Lines in units that others set stay. */
export function changeGuard(guard: Guard | undefined, change: GuardChange): Guard | undefined {
  switch (change.kind) {
    case 'none':
      return undefined;
    case 'pause': {
      const { pauseAtPercent: _, ...rest } = guard ?? {};
      return kept(change.percent === undefined ? rest : { ...rest, pauseAtPercent: change.percent });
    }
    case 'peak': {
      const { offPeakOnly: _, ...rest } = guard ?? {};
      return kept(change.on ? { ...rest, offPeakOnly: true } : rest);
    }
    case 'budget': {
      const before = guard?.budgets?.find(({ window }) => window === change.window) ?? { window: change.window };
      const others = (guard?.budgets ?? []).filter(({ window }) => window !== change.window);
      const { [change.line]: _, ...rest } = before;
      const after: Budget =
        change.percent === undefined ? rest : { ...rest, [change.line]: { percent: change.percent } };
      const empty = after.soft === undefined && after.hard === undefined;
      const { budgets: __, ...guardRest } = guard ?? {};
      const budgets = empty ? others : [...others, after];
      return kept(budgets.length === 0 ? guardRest : { ...guardRest, budgets });
    }
    default:
      change satisfies never;
      return guard;
  }
}

/** The guards of all providers with one of them changed. */
export function changeGuards(
  guards: Readonly<Record<string, Guard>>,
  providerId: string,
  change: GuardChange,
): Record<string, Guard> {
  const { [providerId]: before, ...others } = guards;
  const after = changeGuard(before, change);
  return after === undefined ? others : { ...others, [providerId]: after };
}

function kept(guard: Guard): Guard | undefined {
  return Object.keys(guard).length === 0 ? undefined : guard;
}
