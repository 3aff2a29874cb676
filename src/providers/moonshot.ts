import type { Provider } from '../core/provider.ts';
import { readBalance } from './balance.ts';
import { readCredential } from './credential.ts';
import { readErrorBody } from './error-envelope.ts';
import { readPlainLimits } from './plain-limits.ts';
import { anthropicRoutes, matchRoute, modelsRoutes, openaiChatRoutes } from './routes.ts';
import { numberAt, objectAt } from './tolerant-json.ts';

const ROUTES = [...anthropicRoutes, ...openaiChatRoutes, ...modelsRoutes];

/** Moonshot's open platform, paid by use, international site. Its keys are not valid for Kimi Code. */
export const moonshot: Provider = {
  id: 'moonshot',
  name: 'Moonshot AI',
  shortName: 'Moonshot',
  upstream: 'https://api.moonshot.ai',
  plans: [],
  route: (method, path) => matchRoute(ROUTES, method, path),
  credential: (headers) => readCredential(headers),
  readLimits: (_status, headers, now) => readPlainLimits(headers, now),
  readError: readErrorBody,
  poll: {
    path: '/v1/users/me/balance',
    minIntervalMs: 300_000,
    headers: (credential) => [[['Authorization', `Bearer ${credential}`]]],
    // Dollars on this site.
    read: (status, body, now) =>
      readBalance(status, body, now, (answer) => numberAt(objectAt(answer, 'data'), 'available_balance')),
    covers: (path) => !path.includes('/users/me/balance'),
  },
};
