import { providers } from '../providers/list.ts';
import type { ApiPlan } from './api.ts';

/** Every plan Planward knows. A program of its own: loaded when another extension asks for it. */
export function knownPlans(): readonly ApiPlan[] {
  return providers.flatMap(({ id: providerId, name: providerName, plans }) =>
    plans.map(({ id, name }) => ({ id, name, providerId, providerName })),
  );
}
