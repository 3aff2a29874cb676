import zlib from 'node:zlib';
import type { ErrorCatalogue, ErrorClass } from '../core/error-code.ts';
import type { Failure } from '../core/incident.ts';
import { header, type Provider } from '../core/provider.ts';
import type { ProviderError } from '../core/exchange.ts';
import { readFailure } from '../explain/read-failure.ts';
import { recognise } from '../explain/recognise.ts';
import type { HeldReply } from './held-response.ts';

const MAX_TEXT_BYTES = 256 * 1024;

/** What kind of refusal a whole answer is. Never throws; `unknown` where it cannot be read. */
export function classOfReply(provider: Provider, reply: HeldReply, catalogues: readonly ErrorCatalogue[]): ErrorClass {
  const text = decode(reply);
  if (text === undefined) return 'unknown';
  const deps = { readError: (status: number, body: string) => provider.readError(status, body), catalogues };
  const failure = readFailure(text, deps, { status: reply.status, providerId: provider.id });
  return recognise(failure, catalogues)?.code.class ?? 'unknown';
}

/** What kind of error an exchange ended in, from what was read of it. */
export function classOfError(
  provider: Provider,
  status: number,
  error: ProviderError,
  catalogues: readonly ErrorCatalogue[],
): { readonly class: ErrorClass; readonly code: string } {
  const found = recognise(failureOfError(provider.id, status, error, catalogues), catalogues)?.code;
  return { class: found?.class ?? 'unknown', code: found?.code ?? error.code ?? String(status) };
}

/**
 * A failure as catalogues know it, from an error that was read before (undefined: a status is all there is). Words without a
 * body around them would lose their code. `now` dates reset times that name no year.
 */
export function failureOfError(
  providerId: string,
  status: number | undefined,
  error: ProviderError | undefined,
  catalogues: readonly ErrorCatalogue[],
  now?: number,
): Failure {
  const body =
    error === undefined
      ? ''
      : JSON.stringify({ error: { code: error.code, type: error.type, message: error.message } });
  const failure = readFailure(body, { readError: () => error, catalogues }, { status, providerId, now });
  return { ...failure, inStream: error?.inStream ?? false };
}

function decode({ headers, payload }: HeldReply): string | undefined {
  const limit = { maxOutputLength: MAX_TEXT_BYTES };
  try {
    switch ((header(headers, 'content-encoding') ?? 'identity').trim().toLowerCase()) {
      case 'identity':
      case '':
        return payload.toString('utf8');
      case 'gzip':
      case 'x-gzip':
        return zlib.gunzipSync(payload, limit).toString('utf8');
      case 'deflate':
        return zlib.inflateSync(payload, limit).toString('utf8');
      case 'br':
        return zlib.brotliDecompressSync(payload, limit).toString('utf8');
      case 'zstd':
        return zlib.zstdDecompressSync(payload, limit).toString('utf8');
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}
