import type { RouteReading } from '../core/provider.ts';

/** One line of a provider's route table: a path that ends so, asked so, means this. */
export interface Route extends RouteReading {
  readonly methods: readonly string[];
  /** Whole segments at the end of the path, `/v1/messages`; a last `*` stands for one segment or more. */
  readonly ending: string;
}

const POST = ['POST'];
const GET = ['GET', 'HEAD'];

/** Anthropic Messages under any base; `/messages` alone is what the AI SDK appends to a base that ends in `/v1`. */
export const anthropicRoutes: readonly Route[] = [
  { methods: POST, ending: '/messages/count_tokens', operation: 'count-tokens', dialect: 'anthropic-messages' },
  { methods: POST, ending: '/messages', operation: 'chat', dialect: 'anthropic-messages' },
  // Claude Code asks this at its start; any answer will do.
  { methods: GET, ending: '/api/hello', operation: 'probe', dialect: undefined },
];

export const openaiChatRoutes: readonly Route[] = [
  { methods: POST, ending: '/chat/completions', operation: 'chat', dialect: 'openai-chat' },
];

export const openaiResponsesRoutes: readonly Route[] = [
  { methods: POST, ending: '/responses', operation: 'chat', dialect: 'openai-responses' },
];

/** `/v1beta/models/<model>:streamGenerateContent`; Code Assist has `/v1internal:streamGenerateContent`. */
export const geminiRoutes: readonly Route[] = [
  { methods: POST, ending: ':generateContent', operation: 'chat', dialect: 'gemini' },
  { methods: POST, ending: ':streamGenerateContent', operation: 'chat', dialect: 'gemini' },
  { methods: POST, ending: ':countTokens', operation: 'count-tokens', dialect: 'gemini' },
];

export const modelsRoutes: readonly Route[] = [
  { methods: GET, ending: '/models', operation: 'models', dialect: undefined },
  { methods: GET, ending: '/models/*', operation: 'models', dialect: undefined },
];

const OTHER: RouteReading = { operation: 'other', dialect: undefined };

/**
 * First line whose method and ending match; `other` where none does. Prefixes, doubled slashes and a slash at the end
 * make no difference: every agent joins its base URL in its own way. Never throws.
 */
export function matchRoute(table: readonly Route[], method: string, path: string): RouteReading {
  const clean = path.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  const verb = method.toUpperCase();
  for (const { methods, ending, operation, dialect } of table) {
    if (methods.includes(verb) && endsSo(clean, ending)) return { operation, dialect };
  }
  return OTHER;
}

function endsSo(path: string, ending: string): boolean {
  if (!ending.endsWith('/*')) return path.endsWith(ending);
  return path.includes(ending.slice(0, -1));
}
