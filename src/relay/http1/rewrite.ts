import { header, type Headers } from '../../core/provider.ts';
import type { RequestHead, ResponseHead } from './head.ts';

/** Fields that belong to one connection and are not passed on (RFC 9110 7.6.1). Framing fields stay: bytes are spliced. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'te', 'upgrade']);
/** Fields that a Connection header may never name, since taking them away would change the message's meaning. */
const NEVER_HOP = new Set(['host', 'content-length', 'transfer-encoding', 'authorization', 'x-api-key']);

/** Names listed in Connection, lower case; undefined where it lists one that must not be taken away. */
export function connectionTokens(fields: Headers): ReadonlySet<string> | undefined {
  const tokens = new Set<string>();
  for (const [name, value] of fields) {
    if (name.length !== 10 || name.toLowerCase() !== 'connection') continue;
    for (const token of value.split(',')) {
      const word = token.trim().toLowerCase();
      if (NEVER_HOP.has(word)) return undefined;
      if (word !== '') tokens.add(word);
    }
  }
  return tokens;
}

/**
 * Bytes of the head that go upstream: same method, `target` instead of the local one, every field line as it came and in
 * its order, less hop-by-hop ones, with the value of Host replaced in place.
 */
export function upstreamHead(head: RequestHead, target: string, host: string, hop: ReadonlySet<string>): Buffer {
  let text = `${head.method} ${target} HTTP/1.${head.minor}\r\n`;
  let hosted = false;
  for (const [i, [name]] of head.fields.entries()) {
    const lower = name.toLowerCase();
    if (HOP_BY_HOP.has(lower) || hop.has(lower)) continue;
    if (lower === 'host') {
      text += `${name}: ${host}\r\n`;
      hosted = true;
    } else text += `${head.lines[i]}\r\n`;
  }
  if (!hosted) text += `Host: ${host}\r\n`;
  return Buffer.from(`${text}\r\n`, 'latin1');
}

/** Bytes of the head that go back to the agent; `close` adds the one field that says our connection ends with this answer. */
export function agentHead(head: ResponseHead, hop: ReadonlySet<string>, close: boolean): Buffer {
  let text = `${head.startLine}\r\n`;
  for (const [i, [name]] of head.fields.entries()) {
    const lower = name.toLowerCase();
    if (HOP_BY_HOP.has(lower) || hop.has(lower)) continue;
    text += `${head.lines[i]}\r\n`;
  }
  if (close) text += 'Connection: close\r\n';
  return Buffer.from(`${text}\r\n`, 'latin1');
}

/** Milliseconds a server says it keeps an idle connection (`Keep-Alive: timeout=5`); undefined where it does not say. */
export function keepAliveMs(fields: Headers): number | undefined {
  const seconds = /(?:^|[,;\s])timeout=(\d{1,6})/i.exec(header(fields, 'keep-alive') ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
