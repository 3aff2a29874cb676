/**
 * A request body known only by its first and last part, as an object with the members that could be made out: `model`,
 * `stream`, `system`, `instructions`, `tools`, `metadata`, and of `messages` (or `input`, `contents`) the first system message and the
 * last few. Undefined where the ends are not those of a JSON object. Never throws.
 *
 * Inside JSON strings every quote is escaped, so an unescaped `"role":` can only be a member, and each object around one can
 * be cut out and parsed by itself: a megabyte of resent conversation costs no more than its ends.
 */
export function readEnds(start: Piece, end: Piece): Readonly<Record<string, unknown>> | undefined {
  if (!/^\s*\{/.test(start(FIRST_LOOK)) || !end(FIRST_LOOK).trimEnd().endsWith('}')) return undefined;
  const { list, head, first } = headOf(start(FIRST_LOOK)) ??
    headOf(start(Number.POSITIVE_INFINITY)) ?? {
      list: 'messages',
      head: start(Number.POSITIVE_INFINITY),
      first: undefined,
    };
  const { found, after } = parsedEnd(end, list) ?? scannedEnd(end(Number.POSITIVE_INFINITY));
  // Members of the request itself stand after its last message, or before the first: what messages quote is none of them.
  const before = (name: string): unknown => valueOf(head, name);
  const member = (name: string, value: unknown): Record<string, unknown> =>
    value === undefined ? {} : { [name]: value };
  return {
    ...member('model', before('model') ?? after('model')),
    ...member('stream', before('stream') ?? after('stream')),
    ...(list === 'input'
      ? member('instructions', before('instructions') ?? after('instructions'))
      : member('system', after('system') ?? before('system'))),
    ...member('tools', after('tools') ?? before('tools')),
    ...member('metadata', after('metadata') ?? before('metadata')),
    [list]: [...(first === undefined ? [] : [first]), ...found.slice(-MAX_MESSAGES)],
  };
}

/** At most `length` characters or so of the body's first (or last) part; all that is kept of it where `length` is infinite. */
export type Piece = (length: number) => string;

export const LISTS = ['messages', 'input', 'contents'] as const;
/** Most of what is asked for stands in the first characters. */
const FIRST_LOOK = 8 * 1024;

/** What stands before the list of messages, and the system message at its front; undefined where the text ends before that. */
function headOf(text: string): { readonly list: string; readonly head: string; readonly first: unknown } | undefined {
  const list = LISTS.find((name) => memberAt(text, name, 0) >= 0);
  if (list === undefined) return undefined;
  const at = memberAt(text, list, 0);
  const head = text.slice(0, at);
  const role = /^\[\s*\{\s*"role"\s*:\s*"(\w+)"/.exec(text.slice(at, at + 60));
  if (role !== null && role[1] !== 'system' && role[1] !== 'developer') return { list, head, first: undefined };
  const [first] = objectsWithRole(text.slice(at), 1).found;
  // Cut off, or written another way: the caller has more of the text.
  if (first === undefined && text.length <= FIRST_LOOK) return undefined;
  return { list, head, first: first !== undefined && isSystem(first) ? first : undefined };
}

interface End {
  readonly found: readonly unknown[];
  /** A member of the request that stands behind its messages; undefined where there is none. */
  readonly after: (name: string) => unknown;
}

/**
 * The last messages from as little of the end as holds enough of them: the text from an opening `{"role":` on, with a request
 * and a list opened before it, is JSON only if that opening stands in the list itself. Undefined where no such text is found.
 */
function parsedEnd(end: Piece, list: string): End | undefined {
  for (const length of WINDOWS) {
    const text = end(length);
    let at = text.length;
    let tries = 0;
    for (let openings = 1; tries < MAX_TRIES; openings++) {
      at = text.lastIndexOf('{"role":', at - 1);
      if (at < 1) break;
      if (openings < MAX_MESSAGES || !/[[,\s]/.test(text[at - 1]!)) continue;
      const body = parse(`{"${list}":[${text.slice(at)}`) as Readonly<Record<string, unknown>> | undefined;
      tries += 1;
      const found = body?.[list];
      if (!Array.isArray(found)) continue;
      const messages = found.filter(hasRole);
      if (messages.length >= MAX_MESSAGES) return { found: messages, after: (name) => body?.[name] };
    }
  }
  return undefined;
}

const WINDOWS = [36 * 1024, 96 * 1024];
const MAX_TRIES = 3;

/** The same, message by message, for ends that are cut anywhere or written another way. */
function scannedEnd(text: string): End {
  const { found, endsAt } = objectsWithRole(text, Number.POSITIVE_INFINITY);
  const behind = text.slice(endsAt);
  return { found, after: (name) => valueOf(behind, name) };
}

const MAX_MESSAGES = 24;
/** A member's value longer than this is not looked for: it would not fit into an end. */
const MAX_VALUE = 256 * 1024;

/** The value of the first member of that name, if all of it is there. */
function valueOf(text: string, name: string): unknown {
  const at = memberAt(text, name, 0);
  return at < 0 ? undefined : parseAt(text, at);
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
