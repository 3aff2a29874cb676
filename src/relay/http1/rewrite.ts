import { type Head, type HeadLine, type KnownField, type RequestHead, type ResponseHead, valuesOf } from './head.ts';

/** Fields that belong to one connection and are not passed on (RFC 9110 7.6.1). Framing fields stay: bytes are spliced. */
const HOP_BY_HOP: ReadonlySet<KnownField | undefined> = new Set<KnownField>([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'te',
  'upgrade',
]);
/** Fields that a Connection header may never name, since taking them away would change the message's meaning. */
const NEVER_HOP = new Set(['host', 'content-length', 'transfer-encoding', 'authorization', 'x-api-key']);
const NONE: ReadonlySet<string> = new Set();

/** Names listed in Connection, lower case; undefined where it lists one that must not be taken away. */
export function connectionTokens(head: Head): ReadonlySet<string> | undefined {
  const lists = valuesOf(head, 'connection');
  if (lists.length === 0) return NONE;
  const tokens = new Set<string>();
  for (const list of lists) {
    for (const token of list.split(',')) {
      const word = token.trim().toLowerCase();
      if (NEVER_HOP.has(word)) return undefined;
      if (word !== '') tokens.add(word);
    }
  }
  return tokens;
}

/**
 * The head that goes upstream, as latin1: same method, `target` instead of the local one, every field line as it came and in
 * its order, less hop-by-hop ones, with the value of Host replaced in place.
 */
export function upstreamHead(head: RequestHead, target: string, host: string, hop: ReadonlySet<string>): string {
  const { text, lines } = head;
  let out = `${head.method} ${target} HTTP/1.${head.minor}\r\n`;
  let hosted = false;
  let from = lines[0]?.at ?? 0;
  for (const line of lines) {
    const isHost = line.known === 'host';
    if (!isHost && !isHop(text, line, hop)) continue;
    // Lines in between stay as they stand.
    out += text.slice(from, line.at);
    from = line.end + 2;
    if (isHost) {
      out += `${text.slice(line.at, line.colon)}: ${host}\r\n`;
      hosted = true;
    }
  }
  if (lines.length > 0) out += text.slice(from, lines.at(-1)!.end + 2);
  if (!hosted) out += `Host: ${host}\r\n`;
  return `${out}\r\n`;
}

/**
 * The head that goes back to the agent, as latin1; `close` adds the one field that says our connection ends with this answer.
 * Undefined where that is the head as it came, byte for byte.
 */
export function agentHead(head: ResponseHead, hop: ReadonlySet<string>, close: boolean): string | undefined {
  const { text, lines } = head;
  let out = '';
  let from = 0;
  for (const line of lines) {
    if (!isHop(text, line, hop)) continue;
    out += text.slice(from, line.at);
    from = line.end + 2;
  }
  if (from === 0 && !close) return undefined;
  out += text.slice(from, text.length - 2);
  return close ? `${out}Connection: close\r\n\r\n` : `${out}\r\n`;
}

/** Milliseconds a server says it keeps an idle connection (`Keep-Alive: timeout=5`); undefined where it does not say. */
export function keepAliveMs(head: Head): number | undefined {
  const [value] = valuesOf(head, 'keep-alive');
  const seconds = value === undefined ? undefined : /(?:^|[,;\s])timeout=(\d{1,6})/i.exec(value)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

function isHop(text: string, { at, colon, known }: HeadLine, hop: ReadonlySet<string>): boolean {
  if (HOP_BY_HOP.has(known)) return true;
  return hop.size > 0 && hop.has(text.slice(at, colon).toLowerCase());
}
