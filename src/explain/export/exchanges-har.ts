import type { ExportedExchange } from '../../core/exported-exchange.ts';
import type { ExportAbout } from './export-about.ts';

/**
 * An HTTP Archive 1.2 of what the ledger knows: times, sizes and statuses. The ledger keeps no header, path or body, so
 * there are none here: addresses are made up under `planward.invalid`, a name that RFC 6761 keeps from ever existing.
 * Exchanges that only an agent's own files tell of are no traffic and left out. Absent: status 0, sizes and times -1.
 */
export function writeHar(exchanges: readonly ExportedExchange[], { version, complete }: ExportAbout): object {
  return {
    log: {
      version: '1.2',
      creator: { name: 'Planward', version },
      comment: complete ? 'Redacted: no headers, paths or bodies.' : 'Redacted, and cut off: the span holds more.',
      pages: [],
      entries: exchanges.filter(({ seenBy }) => seenBy === undefined).map(entryOf),
    },
  };
}

function entryOf(exchange: ExportedExchange): object {
  const { startedAt, durationMs, firstByteMs, status = 0, requestBytes, responseBytes, dialect } = exchange;
  const wait = firstByteMs ?? durationMs;
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: durationMs,
    request: {
      method: dialect === undefined ? 'GET' : 'POST',
      url: `https://${encodeURIComponent(exchange.providerId)}.planward.invalid/${exchange.operation}`,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [],
      queryString: [],
      headersSize: -1,
      bodySize: requestBytes,
    },
    response: {
      status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [],
      content: { size: responseBytes, mimeType: 'x-unknown' },
      redirectURL: '',
      headersSize: -1,
      bodySize: responseBytes,
    },
    cache: {},
    timings: { send: 0, wait, receive: Math.max(0, durationMs - wait) },
    _planward: {
      id: exchange.id,
      agent: exchange.agentId,
      account: exchange.accountKey,
      outcome: exchange.outcome,
      modelRequested: exchange.modelRequested,
      modelServed: exchange.modelServed,
      usage: exchange.usage,
      errorCode: exchange.errorCode,
    },
  };
}
