import type { Provider } from '../core/provider.ts';
import { readBalance } from './balance.ts';
import { readCredential } from './credential.ts';
import { readErrorBody } from './error-envelope.ts';
import { anthropicRoutes, matchRoute, modelsRoutes, openaiChatRoutes } from './routes.ts';
import { listAt, numberAt, textAt, type JsonObject } from './tolerant-json.ts';

const ROUTES = [...anthropicRoutes, ...openaiChatRoutes, ...modelsRoutes];

/** DeepSeek, prepaid. No plan, no limit headers, concurrency set by load. */
export const deepseek: Provider = {
  id: 'deepseek',
  name: 'DeepSeek',
  shortName: 'DeepSeek',
  upstream: 'https://api.deepseek.com',
  plans: [],
  route: (method, path) => matchRoute(ROUTES, method, path),
  credential: (headers) => readCredential(headers),
  readLimits: () => [],
  readError: readErrorBody,
  poll: {
    path: '/user/balance',
    minIntervalMs: 300_000,
    headers: (credential) => [[['Authorization', `Bearer ${credential}`]]],
    read: (status, body, now) => readBalance(status, body, now, dollarsLeft),
    covers: (path) => !path.endsWith('/user/balance'),
  },
};

/** An account has its balance in dollars or in yuan; only dollars are told. */
function dollarsLeft(answer: JsonObject): number | undefined {
  const dollars = listAt(answer, 'balance_infos').find((info) => textAt(info, 'currency') === 'USD');
  return numberAt(dollars, 'total_balance');
}
