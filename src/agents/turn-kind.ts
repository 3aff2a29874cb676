import type { DialectId } from '../core/exchange.ts';
import type { TurnMarks } from '../core/agent.ts';
import { header, type Headers } from '../core/provider.ts';
import { asRecord, readConversation, type Conversation } from './conversation.ts';
import { agents } from './list.ts';
import { newestTurn, type NewestTurn } from './newest-turn.ts';

/**
 * What a request is for. First match:
 *
 * | kind | when |
 * | --- | --- |
 * | `retry` | the caller saw the same bytes before, inside a back-off (`retries.ts`), or the text says so |
 * | `prewarm` | asks for no answer to speak of: `generate: false`, or one token for the word `quota` |
 * | `classifier` | a safety check of a tool call |
 * | `title` | a name for the session |
 * | `compaction` | a summary of the conversation, to go on with less |
 * | `sub-agent` | a helper that the model itself started |
 * | `heartbeat` | a periodic poll without a person |
 * | `cron` | a scheduled job without a person |
 * | `tool-result` | goes on with the results of tool calls, or of something started earlier |
 * | `user-turn` | else |
 */
export type TurnKind =
  | 'user-turn'
  | 'title'
  | 'compaction'
  | 'classifier'
  | 'heartbeat'
  | 'cron'
  | 'sub-agent'
  | 'prewarm'
  | 'tool-result'
  | 'retry';

export interface TurnReading extends NewestTurn {
  readonly kind: TurnKind;
  /** Who wrote the newest turn: a step of a heartbeat's work is a `tool-result` whose author is `schedule`. */
  readonly author: 'user' | 'model' | 'schedule' | 'agent';
  readonly tools: readonly string[];
  /** First 4,000 characters of the system prompt; empty where there is none. */
  readonly system: string;
}

export interface TurnRequest {
  readonly headers: Headers;
  /** Parsed body; anything that is no object gives an empty reading. */
  readonly body: unknown;
  readonly dialect: DialectId;
  /** True where the same bytes came before, inside a back-off. */
  readonly repeated?: boolean;
}

const SYSTEM_MAX = 4000;

const MARKS: readonly TurnMarks[] = agents.flatMap(({ turns }) => (turns === undefined ? [] : [turns]));

/** Marks of one kind of all agents, gathered once: every request is looked through for them. */
function all(pick: (marks: TurnMarks) => readonly string[] | undefined): readonly string[] {
  return [...new Set(MARKS.flatMap((marks) => pick(marks) ?? []))];
}

const IN_TEXT = {
  retry: all(({ retry }) => retry?.text),
  title: all(({ title }) => title?.text),
  compaction: all(({ compaction }) => compaction?.text),
  subAgent: all(({ subAgent }) => subAgent?.text),
  heartbeat: all(({ heartbeat }) => heartbeat?.text),
  cron: all(({ cron }) => cron?.text),
};
const IN_SYSTEM = {
  classifier: all(({ classifier }) => classifier?.system),
  title: all(({ title }) => title?.system),
  compaction: all(({ compaction }) => compaction?.system),
  subAgent: all(({ subAgent }) => subAgent?.system),
};
const SUB_AGENT_HEADERS = all(({ subAgent }) => subAgent?.headers);
const SUB_AGENT_TOOLS = all(({ subAgent }) => subAgent?.tools);

/** Reads what a request is for and what the user said in it, whichever agent sent it. Never throws. */
export function readTurn(request: TurnRequest): TurnReading {
  const conversation = readConversation(request.body, request.dialect);
  const turn = newestTurn(conversation);
  const seen: Seen = { ...request, conversation, turn, system: conversation.system.join('\n') };
  const author = authorOf(seen);
  return {
    ...turn,
    kind: kindOf(seen, author),
    author,
    tools: conversation.tools,
    system: seen.system.slice(0, SYSTEM_MAX),
  };
}

interface Seen extends TurnRequest {
  readonly conversation: Conversation;
  readonly turn: NewestTurn;
  readonly system: string;
}

function kindOf(seen: Seen, author: TurnReading['author']): TurnKind {
  const { turn, conversation } = seen;
  const side = conversation.tools.length === 0;
  if (seen.repeated === true || textHas(seen, IN_TEXT.retry)) return 'retry';
  if (isPrewarm(seen)) return 'prewarm';
  if (side && systemHas(seen, IN_SYSTEM.classifier)) return 'classifier';
  if (side && (systemHas(seen, IN_SYSTEM.title) || textHas(seen, IN_TEXT.title))) {
    return 'title';
  }
  if (systemHas(seen, IN_SYSTEM.compaction) || textHas(seen, IN_TEXT.compaction)) {
    return 'compaction';
  }
  if (author === 'model') return 'sub-agent';
  if (turn.brings === 'tool-result' || turn.brings === 'nothing')
    return turn.brings === 'nothing' ? 'user-turn' : 'tool-result';
  if (textHas(seen, IN_TEXT.heartbeat)) return 'heartbeat';
  if (textHas(seen, IN_TEXT.cron)) return 'cron';
  return turn.brings === 'agent-message' ? 'tool-result' : 'user-turn';
}

function authorOf(seen: Seen): TurnReading['author'] {
  const { headers, conversation } = seen;
  const sub =
    SUB_AGENT_HEADERS.some((name) => header(headers, name) !== undefined) ||
    SUB_AGENT_TOOLS.some((tool) => conversation.tools.includes(tool));
  if (sub || isBareHelper(conversation, seen.system)) return 'model';
  if (systemHas(seen, IN_SYSTEM.subAgent) || textHas(seen, IN_TEXT.subAgent)) {
    return 'model';
  }
  if (textHas(seen, IN_TEXT.heartbeat) || textHas(seen, IN_TEXT.cron)) return 'schedule';
  return seen.turn.text === undefined && seen.turn.rawMessage !== '' ? 'agent' : 'user';
}

/**
 * A helper of Cline's has a prompt that the model wrote, so it is known by what it lacks: the session's own tools for
 * teams and the name in the prompt (seen at 3.0.65).
 */
function isBareHelper({ tools }: Conversation, system: string): boolean {
  return (
    tools.includes('read_files') &&
    tools.includes('run_commands') &&
    !tools.some((tool) => tool.startsWith('team_')) &&
    !system.includes('You are Cline')
  );
}

function isPrewarm({ body, conversation, turn }: Seen): boolean {
  const record = asRecord(body);
  if (record['generate'] === false) return true;
  return record['max_tokens'] === 1 && conversation.messages.length === 1 && turn.text === 'quota';
}

function systemHas({ system }: Seen, marks: readonly string[]): boolean {
  return system !== '' && marks.some((mark) => system.includes(mark));
}

function textHas({ turn }: Seen, marks: readonly string[]): boolean {
  return marks.some((mark) => turn.rawMessage.includes(mark));
}

/** The scope engine's coarser word for a kind. Repetitions and steps of a turn are `side`: the turn itself was judged. */
export function scopeTurn({
  kind,
  author,
}: Pick<TurnReading, 'kind' | 'author'>): 'user-turn' | 'sub-agent' | 'scheduled' | 'side' {
  if (kind === 'user-turn') return author === 'agent' ? 'side' : 'user-turn';
  if (kind === 'sub-agent') return 'sub-agent';
  return kind === 'heartbeat' || kind === 'cron' ? 'scheduled' : 'side';
}
