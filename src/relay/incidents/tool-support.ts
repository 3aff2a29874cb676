import type { FailureContext } from '../../core/incident.ts';
import { standingOf } from '../../core/policy-pack.ts';
import { packFor } from '../../policies/list.ts';

/** What a provider's terms say of a tool; undefined where the terms name no tools or the tool is not known. */
export function toolSupportOf(providerId: string, agentId: string): FailureContext['toolSupport'] {
  const pack = packFor(providerId);
  if (pack === undefined || pack.tools.length === 0 || agentId === 'unknown') return undefined;
  const standing = standingOf(pack, agentId);
  switch (standing) {
    case 'supported':
    case 'best-effort':
      return standing;
    case 'unlisted':
      return 'not-listed';
    default:
      return undefined;
  }
}
