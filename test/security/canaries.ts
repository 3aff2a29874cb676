/** Secrets that are sent through a relay, and the search for what is left of them. */
/** One for each place a secret can stand in; none looks like another, nor like a key that could be recognised by its shape. */
export const CANARIES = {
  key: 'zQk7canaryBearerW3x9pLm2',
  apiKey: 'zQk7canaryApiKeyT5v8rNd4',
  cookie: 'zQk7canaryCookieY1b6sHf0',
  header: 'zQk7canaryHeaderU2c7tJg9',
  query: 'zQk7canaryQueryI3d8uKh8',
  path: 'zQk7canaryPathO4e9vLj7',
  prompt: 'zQk7canaryPromptP5f0wMk6',
  system: 'zQk7canarySystemA6g1xNl5',
  tool: 'zQk7canaryToolS7h2yOp4',
  answer: 'zQk7canaryAnswerD8j3zPq3',
  answerHeader: 'zQk7canaryReplyHeadF9k4aQr2',
  setCookie: 'zQk7canarySetCookieG0l5bRs1',
};

/** A secret as it is, and in the ways that would still give it away. */
export function shapes(secret: string): readonly Buffer[] {
  const plain = Buffer.from(secret);
  const base64 = [0, 1, 2].map((pad) =>
    Buffer.from(' '.repeat(pad) + secret)
      .toString('base64')
      .slice(4, -4),
  );
  return [
    plain,
    Buffer.from(plain.toString('hex')),
    Buffer.from(secret, 'utf16le'),
    ...base64.map((text) => Buffer.from(text)),
  ];
}

/** `file: what` for each secret that stands in a file. */
export function found(files: ReadonlyMap<string, Buffer>): readonly string[] {
  return [...files].flatMap(([name, bytes]) =>
    Object.entries(CANARIES)
      .filter(([, secret]) => shapes(secret).some((shape) => bytes.includes(shape)))
      .map(([what]) => `${name}: ${what}`),
  );
}

function write(status: string, body: string): string {
  return [
    `HTTP/1.1 ${status}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-secret: ${CANARIES.answerHeader}`,
    `set-cookie: session=${CANARIES.setCookie}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}

const GOOD = JSON.stringify({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'glm-4.7',
  content: [{ type: 'text', text: CANARIES.answer }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 10, output_tokens: 5 },
});
const REFUSED = JSON.stringify({
  type: 'error',
  error: { type: 'authentication_error', code: '1000', message: `The key ${CANARIES.key} is not known.` },
});

/** What an upstream answers, one after the other: an answer, a refusal that repeats the key, and no such path. */
export const ANSWERS: readonly string[] = [
  write('200 OK', GOOD),
  write('401 Unauthorized', REFUSED),
  write('404 Not Found', '{"error":{"message":"There is no such path."}}'),
];

/** Asks through the relay at `url` as an agent would, with a secret in each place; gives the answer's body. */
export function ask(url: string, door = '/zai/api/anthropic'): Promise<string> {
  const body = JSON.stringify({
    model: 'glm-4.7',
    max_tokens: 10,
    system: `You are Claude Code. ${CANARIES.system}`,
    tools: [{ name: 'read_file', description: CANARIES.tool, input_schema: { type: 'object' } }],
    messages: [{ role: 'user', content: `Plan a trip to Lisbon with hotels near the beach. ${CANARIES.prompt}` }],
  });
  return fetch(`${url}${door}/v1/messages?token=${CANARIES.query}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'claude-cli/2.0.0 (external, cli)',
      authorization: `Bearer ${CANARIES.key}`,
      'x-api-key': CANARIES.apiKey,
      cookie: `session=${CANARIES.cookie}`,
      'x-internal': CANARIES.header,
      connection: 'close',
    },
    signal: AbortSignal.timeout(30_000),
  }).then((response) => response.text());
}
