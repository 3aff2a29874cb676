import type { AccountView } from '../../core/snapshot.ts';
import { plainText } from './plain-text.ts';

/** `GLM Coding Plan Pro`, with the user's own name for the account; the provider's name where the plan is not known. */
export function namePlan({ planName, providerName, label }: AccountView): string {
  const plan = plainText(planName ?? providerName, 60);
  return label === undefined ? plan : `${plan} · ${plainText(label, 60)}`;
}
