import type { Conversation, Message } from './conversation.ts';
import { unwrapUserText } from './unwrap-user-text.ts';

/** What the user last said, and where it stands. */
export interface NewestTurn {
  /** The user's own words, without what the agent wraps around them; undefined where there are none. */
  readonly text: string | undefined;
  /** Earlier user turns, newest first, at most three. */
  readonly previous: readonly string[];
  /** Names of attachments of the newest turn; '' where one has no name. */
  readonly files: readonly string[];
  /**
   * What the request brings beyond what was sent before: the user's turn itself, the result of a tool call, or a message
   * the agent wrote in the user's name. `nothing` where there is no message.
   */
  readonly brings: 'user-turn' | 'tool-result' | 'agent-message' | 'nothing';
  /**
   * The message of the newest turn as it was sent, cut to 20,000 characters; where nobody's own words are found, the last
   * one in the user's name. Empty where there is none.
   */
  readonly rawMessage: string;
}

const PREVIOUS = 3;
const RAW_MAX = 20_000;

/**
 * Finds the newest user turn. From the last message backwards: system messages are passed over, user messages that hold
 * nothing but the agent's own blocks too. Never throws.
 */
export function newestTurn({ messages }: Conversation): NewestTurn {
  const previous: string[] = [];
  let newest: Pick<NewestTurn, 'text' | 'files' | 'rawMessage'> | undefined;
  let brings: NewestTurn['brings'] = 'nothing';
  let lastRaw = '';
  for (let i = messages.length - 1; i >= 0 && previous.length < PREVIOUS; i--) {
    const message = messages[i]!;
    if (message.role === 'system') continue;
    const results = message.parts.some(({ kind }) => kind === 'tool-result');
    if (message.role !== 'user') {
      if (brings === 'nothing' || (brings === 'agent-message' && message.role === 'tool')) brings = 'tool-result';
      continue;
    }
    const raw = message.parts
      .map(({ text, kind }) => (kind === 'text' ? text : ''))
      .join('\n')
      .slice(0, RAW_MAX);
    if (lastRaw === '') lastRaw = raw;
    const own = ownWords(message);
    // What comes along with results of tools belongs to them.
    const attached = results ? [] : message.parts.filter(({ kind }) => kind === 'attachment');
    if (own === '' && attached.length === 0) {
      if (brings === 'nothing') brings = results ? 'tool-result' : 'agent-message';
    } else if (newest === undefined) {
      if (brings === 'nothing' || (brings === 'agent-message' && nothingBetween(messages, i))) brings = 'user-turn';
      newest = { text: own === '' ? undefined : own, files: attached.map(({ text }) => text), rawMessage: raw };
    } else if (own !== '') previous.push(own);
  }
  return { text: undefined, files: [], rawMessage: lastRaw, ...newest, previous, brings };
}

function ownWords(message: Message): string {
  return message.parts
    .filter(({ kind }) => kind === 'text')
    .map(({ text }) => unwrapUserText(text))
    .filter((text) => text !== '')
    .join('\n\n');
}

/** True where only the agent's own user messages and system messages follow message `i`. */
function nothingBetween(messages: readonly Message[], i: number): boolean {
  return messages.slice(i + 1).every(({ role }) => role === 'user' || role === 'system');
}
