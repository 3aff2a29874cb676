export const ZAI_KEY = 'sk-canary-0f3e5d7c9b1a2846.secret';

export interface Asked {
  readonly dialect?: 'anthropic' | 'openai';
  readonly stream?: boolean;
  readonly key?: string;
  readonly text?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const PATHS = {
  anthropic: '/zai/api/anthropic/v1/messages',
  openai: '/zai/api/coding/paas/v4/chat/completions',
};

/** A chat request as a coding agent sends it through the relay to `zai`. */
export function chat(url: string, asked: Asked = {}): Promise<Response> {
  const { dialect = 'anthropic', key = ZAI_KEY, query = '' } = asked;
  return fetch(`${url}${PATHS[dialect]}${query}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
      // A connection left open would hold up the end of each test's relay.
      connection: 'close',
      ...asked.headers,
    },
    body: bodyOf(asked),
    ...(asked.signal === undefined ? {} : { signal: asked.signal }),
  });
}

/** The request body of `chat`. */
export function bodyOf({ dialect = 'anthropic', stream = false, text = 'Add a test.' }: Asked): string {
  return JSON.stringify({
    model: 'glm-4.7',
    max_tokens: 1000,
    ...(stream ? { stream: true, ...(dialect === 'openai' ? { stream_options: { include_usage: true } } : {}) } : {}),
    messages: [{ role: 'user', content: text }],
  });
}
