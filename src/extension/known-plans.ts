import { providers } from '../providers/list.ts';
import type { Plan } from '../core/plan.ts';

/** A plan as other extensions see it. */
export interface ApiPlan extends Pick<Plan, 'id' | 'name'> {
  readonly providerId: string;
  readonly providerName: string;
}

/** Every plan Planward knows. A program of its own: loaded when another extension asks for it. */
export function knownPlans(): readonly ApiPlan[] {
  return providers.flatMap(({ id: providerId, name: providerName, plans }) =>
    plans.map(({ id, name }) => ({ id, name, providerId, providerName })),
  );
}
