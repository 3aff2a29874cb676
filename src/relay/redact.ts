import type { ProviderError } from '../core/exchange.ts';

/** A shorter tail could stand at the end of any sentence. */
const TELLING = 6;

/**
 * An error without the credential it was answered to: some vendors repeat a key they refuse. Takes out the whole secret,
 * and its beginning where a shortened message ends in it. Never throws.
 */
export function redactError(error: ProviderError | undefined, secret: string | undefined): ProviderError | undefined {
  if (error === undefined || secret === undefined || secret.length < TELLING) return error;
  const redact = (text: string): string => withoutTail(text.replaceAll(secret, '[key]'), secret);
  return {
    ...error,
    message: redact(error.message),
    type: error.type === undefined ? undefined : redact(error.type),
    code: error.code === undefined ? undefined : redact(error.code),
  };
}

function withoutTail(text: string, secret: string): string {
  for (const ending of ['', '…', '...']) {
    if (!text.endsWith(ending)) continue;
    const body = text.slice(0, text.length - ending.length);
    for (let n = secret.length - 1; n >= TELLING; n--) {
      if (body.endsWith(secret.slice(0, n))) return `${body.slice(0, -n)}[key]`;
    }
  }
  return text;
}
