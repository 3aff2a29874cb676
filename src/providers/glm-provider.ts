import type { Plan } from '../core/plan.ts';
import type { Provider } from '../core/provider.ts';
import { readCredential } from './credential.ts';
import { readErrorBody } from './error-envelope.ts';
import { readGlmBodyLimits } from './glm-body-limits.ts';
import { glmQuotaPoll } from './glm-quota.ts';
import { anthropicRoutes, matchRoute, modelsRoutes, openaiChatRoutes, openaiResponsesRoutes } from './routes.ts';

/** What differs between Zhipu's two sites. */
export interface GlmSite {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  readonly upstream: string;
  readonly plans: readonly Plan[];
  readonly prefersKey: 'bearer' | 'bare';
}

const ROUTES = [...anthropicRoutes, ...openaiChatRoutes, ...openaiResponsesRoutes, ...modelsRoutes];

/**
 * Zhipu's GLM behind either site: `/api/anthropic` and `/api/coding/paas/v4` draw on the plan, `/api/paas/v4` on the balance.
 * Neither sends limit headers, on success or on 429 (measured 2026-09), so `readLimits` has nothing to read.
 */
export function glmProvider(site: GlmSite): Provider {
  return {
    id: site.id,
    name: site.name,
    shortName: site.shortName,
    upstream: site.upstream,
    plans: site.plans,
    route: (method, path) => matchRoute(ROUTES, method, path),
    credential: (headers) => readCredential(headers),
    readLimits: () => [],
    readError: readErrorBody,
    readBodyLimits: readGlmBodyLimits,
    poll: glmQuotaPoll(site.prefersKey),
  };
}
