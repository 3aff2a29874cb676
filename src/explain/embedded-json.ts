export interface Embedded {
  readonly value: unknown;
  /** True where it stood in a `data:` line of an event stream. */
  readonly inStream: boolean;
}

/** Tries are bounded: a text of braces must cost little. */
const TRIES = 20;

/** Objects of JSON in a text, outermost first: the whole text, `data:` lines, then what stands between braces. Never throws. */
export function* embeddedJson(text: string): Generator<Embedded> {
  const whole = parse(text);
  if (whole !== undefined) {
    yield { value: Array.isArray(whole) ? whole[0] : whole, inStream: false };
    return;
  }
  let lines = 0;
  for (const [, data] of text.matchAll(/^data:\s?(\{.*\})\s*$/gm)) {
    if (++lines > 500) break;
    const value = parse(data!);
    if (value !== undefined) yield { value, inStream: true };
  }
  let at = text.indexOf('{');
  for (let tries = 0; at !== -1 && tries < TRIES; tries++) {
    const end = closingBrace(text, at);
    const value = end === -1 ? undefined : parse(text.slice(at, end + 1));
    if (value !== undefined) yield { value, inStream: false };
    at = text.indexOf('{', value === undefined ? at + 1 : end);
  }
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Where the object that begins at `from` ends; -1 where it is cut off. Braces in strings do not count. */
function closingBrace(text: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (quoted) {
      if (char === '\\') i++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return i;
  }
  return -1;
}
