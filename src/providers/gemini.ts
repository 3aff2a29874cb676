import type { Provider } from '../core/provider.ts';
import { queryParameter, readCredential } from './credential.ts';
import { readErrorBody } from './error-envelope.ts';
import { readGeminiBodyLimits } from './gemini-body-limits.ts';
import { geminiRoutes, matchRoute, modelsRoutes, openaiChatRoutes } from './routes.ts';

const ROUTES = [...geminiRoutes, ...openaiChatRoutes, ...modelsRoutes];

/** Gemini API with an API key. No limit headers, no usage endpoint: what is known is our own count and what errors say. */
export const gemini: Provider = {
  id: 'gemini',
  name: 'Google Gemini',
  shortName: 'Gemini',
  upstream: 'https://generativelanguage.googleapis.com',
  plans: [],
  route: (method, path) => ({ ...matchRoute(ROUTES, method, path), model: /\/models\/([^/:]+):/.exec(path)?.[1] }),
  credential: (headers, url) => readCredential(headers, ['x-goog-api-key']) ?? queryParameter(url, 'key'),
  // Access tokens of Google accounts begin so (Google's OAuth documentation, 2026).
  isLogin: (credential) => credential.startsWith('ya29.'),
  readLimits: () => [],
  readError: readErrorBody,
  readBodyLimits: readGeminiBodyLimits,
  poll: undefined,
};
