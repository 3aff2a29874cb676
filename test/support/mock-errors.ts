import type { DialectId } from '../../src/core/exchange.ts';

/**
 * Errors the mock can answer with, by name. Codes, statuses and wordings are those of Z.AI's public error table
 * (docs.z.ai/api-reference/api-code, read September 2026) and of public captures of its two dialects.
 */
const ERRORS = {
  '1302': { status: 429, type: 'rate_limit_error', message: 'Rate limit reached for requests' },
  '1303': { status: 429, type: 'rate_limit_error', message: 'High frequency usage of this API' },
  '1305': {
    status: 529,
    type: 'overloaded_error',
    message: 'The service may be temporarily overloaded, please try again later',
  },
  '1308': {
    status: 429,
    type: 'rate_limit_error',
    message: 'Usage limit reached for 5 hour. Your limit will reset at 2026-11-22 20:00:00',
  },
  '1310': {
    status: 429,
    type: 'rate_limit_error',
    message: 'Weekly/Monthly Limit Exhausted. Your limit will reset at 2026-11-26 09:12:00',
  },
  '1313': {
    status: 429,
    type: 'rate_limit_error',
    message:
      "Your account's current usage pattern does not comply with the Fair Usage Policy, and your request frequency has been limited.",
  },
  '1113': { status: 429, type: 'rate_limit_error', message: 'Insufficient balance or no resource package.' },
  '1000': { status: 401, type: 'authentication_error', message: 'Authentication Failed' },
  '1211': { status: 400, type: 'invalid_request_error', message: 'Unknown Model, please check the model code.' },
  '1234': { status: 500, type: 'api_error', message: 'Network error, please contact support' },
} as const;

export type MockErrorName = keyof typeof ERRORS | 'overloaded' | 'html-edge' | '1302-old-envelope';

export interface WrittenError {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** The error as a whole response body. `requestId` stands in the Anthropic-side text as Z.AI writes it. */
export function writeError(name: MockErrorName, dialect: DialectId | undefined, requestId: string): WrittenError {
  if (name === 'html-edge') {
    const body = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>502 Bad Gateway</body>\r\n</html>\r\n';
    return { status: 502, contentType: 'text/html', body };
  }
  if (name === '1302-old-envelope') {
    const body = JSON.stringify({ error: { code: '1302', message: ERRORS['1302'].message }, request_id: requestId });
    return { status: 429, contentType: 'application/json', body };
  }
  const status = name === 'overloaded' ? 529 : ERRORS[name].status;
  return { status, contentType: 'application/json', body: JSON.stringify(errorObject(name, dialect, requestId)) };
}

/** The error as an event of a stream that had begun well, ready to send. */
export function writeErrorEvent(name: MockErrorName, dialect: DialectId | undefined, requestId: string): string {
  const data = JSON.stringify(errorObject(name, dialect, requestId));
  return dialect === 'anthropic-messages' ? `event: error\ndata: ${data}\n\n` : `data: ${data}\n\n`;
}

function errorObject(name: MockErrorName, dialect: DialectId | undefined, requestId: string): unknown {
  if (name === 'overloaded' || name === 'html-edge') {
    const error = { type: 'overloaded_error', message: 'Overloaded' };
    return dialect === 'anthropic-messages' ? { type: 'error', error, request_id: requestId } : { error };
  }
  const code = name === '1302-old-envelope' ? '1302' : name;
  const { type, message } = ERRORS[code];
  if (dialect !== 'anthropic-messages') return { error: { code, message } };
  const text = `[${code}][${message}][${requestId}]`;
  return { type: 'error', error: { type, code, message: text }, request_id: requestId };
}
