/**
 * A request body known only by its first and last part, as an object with the members that could be made out: `model`,
 * `stream`, `system`, `instructions`, `tools`, `metadata`, and of `messages` (or `input`, `contents`) the first system message and the
 * last few. Undefined where the ends are not those of a JSON object. Never throws.
 *
 * Inside JSON strings every quote is escaped, so an unescaped `"role":` can only be a member, and each object around one can
 * be cut out and parsed by itself: a megabyte of resent conversation costs no more than its ends.
 */
export function readEnds(start: string, end: string): Readonly<Record<string, unknown>> | undefined {
  if (!/^\s*\{/.test(start) || !end.trimEnd().endsWith('}')) return undefined;
  const list = ['messages', 'input', 'contents'].find((name) => memberAt(start, name, 0) >= 0) ?? 'messages';
  const first = objectsWithRole(start, 1).found.filter(isSystem);
  const { found, endsAt } = objectsWithRole(end, Number.POSITIVE_INFINITY);
  const last = found.slice(-MAX_MESSAGES);
  // Members of the request itself stand after its last message, or before the first: what messages quote is none of them.
  const after = end.slice(endsAt);
  return {
    ...whole('model', start, after),
    ...whole('stream', start, after),
    ...(list === 'input' ? whole('instructions', start, after) : whole('system', after, start)),
    ...whole('tools', after, start),
    ...whole('metadata', after, start),
    [list]: [...first, ...last],
  };
}

const MAX_MESSAGES = 24;
/** A member's value longer than this is not looked for: it would not fit into an end. */
const MAX_VALUE = 256 * 1024;

/** The member as `{name: value}` from the first of these texts that holds all of it; empty where none does. */
function whole(name: string, ...texts: readonly string[]): Record<string, unknown> {
  for (const text of texts) {
    const at = memberAt(text, name, 0);
    if (at < 0) continue;
    const value = parseAt(text, at);
    if (value !== undefined) return { [name]: value };
  }
  return {};
}

/** Index of the value of the first member called `name`; -1 where there is none. */
function memberAt(text: string, name: string, from: number): number {
  const key = `"${name}"`;
  for (let at = text.indexOf(key, from); at >= 0; at = text.indexOf(key, at + 1)) {
    if (text[at - 1] === '\\') continue;
    const colon = /^\s*:\s*/.exec(text.slice(at + key.length, at + key.length + 20));
    if (colon !== null) return at + key.length + colon[0].length;
  }
  return -1;
}

const OPENING = /(?<!\\)\{\s*"(?:role|type)"\s*:/;

/**
 * Whole objects of a text whose first member is `role` (or a Responses item's `type`), outermost ones, in their order; all
 * after `enough` are left alone. `endsAt` is the index past the last of them. One pass from the first such opening on, which is
 * outside any string wherever the text begins.
 */
function objectsWithRole(text: string, enough: number): { readonly found: unknown[]; readonly endsAt: number } {
  const start = OPENING.exec(text)?.index;
  let endsAt = 0;
  const found: unknown[] = [];
  if (start === undefined) return { found, endsAt };
  const stops = /["{}[\]]/g;
  stops.lastIndex = start;
  const open: { readonly at: number; readonly named: boolean }[] = [];
  let named = 0;
  for (let match = stops.exec(text); match !== null && found.length < enough; match = stops.exec(text)) {
    const [char] = match;
    if (char === '"') {
      const close = stringEnd(text, match.index);
      if (close < 0) break;
      stops.lastIndex = close;
    } else if (char === '{' || char === '[') {
      const is = char === '{' && /^\{\s*"(?:role|type)"\s*:/.test(text.slice(match.index, match.index + 40));
      open.push({ at: match.index, named: is });
      if (is) named += 1;
    } else {
      const last = open.pop();
      if (last === undefined || !last.named) continue;
      named -= 1;
      const value = named === 0 ? parse(text.slice(last.at, match.index + 1)) : undefined;
      if (value === undefined || !hasRole(value)) continue;
      found.push(value);
      endsAt = match.index + 1;
    }
  }
  return { found, endsAt };
}

function hasRole(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'role' in value || ('type' in value && /_call_output$|_call$/.test(String(value.type)));
}

function isSystem(value: unknown): boolean {
  const role = (value as { readonly role?: unknown }).role;
  return role === 'system' || role === 'developer';
}

function parseAt(text: string, at: number): unknown {
  if (text[at] === '{' || text[at] === '[' || text[at] === '"') {
    const end = endOf(text, at);
    return end < 0 ? undefined : parse(text.slice(at, end));
  }
  const word = /^(?:true|false|null|-?\d[\d.eE+-]*)(?=\s*[,}\]])/.exec(text.slice(at, at + 40))?.[0];
  return word === undefined ? undefined : parse(word);
}

/** Index past the value that begins at `at`; -1 where the text ends before it does. */
function endOf(text: string, at: number): number {
  const stops = /["{}[\]]/g;
  stops.lastIndex = at;
  let depth = 0;
  for (let match = stops.exec(text); match !== null; match = stops.exec(text)) {
    if (match.index - at > MAX_VALUE) return -1;
    const [char] = match;
    if (char === '"') {
      const close = stringEnd(text, match.index);
      if (close < 0) return -1;
      if (depth === 0) return close;
      stops.lastIndex = close;
    } else if (char === '{' || char === '[') depth += 1;
    else if (--depth === 0) return match.index + 1;
    else if (depth < 0) return -1;
  }
  return -1;
}

function stringEnd(text: string, at: number): number {
  for (let close = text.indexOf('"', at + 1); close >= 0; close = text.indexOf('"', close + 1)) {
    let slashes = 0;
    while (text[close - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return close + 1;
  }
  return -1;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
