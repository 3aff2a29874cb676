import type { SessionMarks } from '../core/agent.ts';
import { header, type Headers } from '../core/provider.ts';
import { agents } from './list.ts';

export interface SessionRequest {
  readonly agentId: string;
  readonly headers: Headers;
  /** Parsed, of a long one what its ends tell; undefined where it is no JSON object. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  /** First part of the body as text, JSON as it was sent; made only where it is looked at. */
  readonly bodyStart: () => string;
}

const MAX_ID = 200;
const MAX_PATH = 1000;

const MARKS: ReadonlyMap<string, SessionMarks> = new Map(
  agents.flatMap(({ id, session }) => (session === undefined ? [] : [[id, session] as const])),
);

/** The agent's own id of the conversation; undefined where nothing tells. A secret of the user's: to be hashed. Never throws. */
export function readSessionId({ agentId, headers, body, bodyStart }: SessionRequest): string | undefined {
  const marks = MARKS.get(agentId);
  if (marks === undefined) return undefined;
  for (const name of marks.headers ?? []) {
    const value = header(headers, name)?.trim();
    if (isId(value)) return value;
  }
  const inBody = body === undefined ? undefined : marks.ofBody?.(body);
  if (isId(inBody)) return inBody;
  return after(bodyStart, marks.idAfter, /[^\w.:-]/, MAX_ID);
}

/**
 * Path of the folder the agent works in, as its request writes it inside a JSON string (escapes not undone, no separator at
 * its end); undefined where nothing tells. Never throws.
 */
export function readFolder({ agentId, bodyStart }: SessionRequest): string | undefined {
  const found = after(bodyStart, MARKS.get(agentId)?.folderAfter, /"|\\[nrt]|<|\n/, MAX_PATH)?.replace(/[\s/\\]+$/, '');
  return found !== undefined && /^(?:\/|~|[A-Za-z]:|\\)/.test(found) ? found : undefined;
}

function isId(value: string | undefined): value is string {
  return value !== undefined && value !== '' && value.length <= MAX_ID;
}

/** Text between the first of these words that is there and the next `end`; undefined where that is farther than `max`. */
function after(
  textOf: () => string,
  words: readonly string[] | undefined,
  end: RegExp,
  max: number,
): string | undefined {
  if (words === undefined) return undefined;
  const text = textOf();
  for (const word of words) {
    const at = text.indexOf(word);
    if (at < 0) continue;
    const value = text.slice(at + word.length, at + word.length + max);
    const stop = value.search(end);
    if (stop > 0) return value.slice(0, stop);
  }
  return undefined;
}
