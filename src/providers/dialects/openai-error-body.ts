/** OpenAI's error envelope for an answer that Planward itself gives; shared by its chat and responses dialects. */
export function openaiErrorBody(status: number, message: string): { contentType: string; body: string } {
  const error = { message, type: ERROR_TYPES[status] ?? fallbackType(status), param: null, code: null };
  return { contentType: 'application/json', body: JSON.stringify({ error }) };
}

const ERROR_TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
};

function fallbackType(status: number): string {
  return status < 500 ? 'invalid_request_error' : 'server_error';
}
