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

/** A chat request as a coding agent sends it through the relay to `zai`. */
export function chat(url: string, asked: Asked = {}): Promise<Response> {
  const { dialect = 'anthropic', stream = false, key = ZAI_KEY, text = 'Add a test.', query = '' } = asked;
  const path = dialect === 'anthropic' ? '/zai/api/anthropic/v1/messages' : '/zai/api/coding/paas/v4/chat/completions';
  return fetch(`${url}${path}${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...asked.headers },
    body: JSON.stringify({
      model: 'glm-4.7',
      max_tokens: 1000,
      ...(stream ? { stream: true, ...(dialect === 'openai' ? { stream_options: { include_usage: true } } : {}) } : {}),
      messages: [{ role: 'user', content: text }],
    }),
    ...(asked.signal === undefined ? {} : { signal: asked.signal }),
  });
}
