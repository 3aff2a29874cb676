import type { SeenSignal } from '../core/request-facts.ts';

/** One turn of an account as the fold sees it: shapes and marks, no text. Spans in ms. */
export interface WayTurn {
  readonly at: number;
  readonly agentId: string;
  /** Same for turns with the same text. */
  readonly textKey: string;
  /** Same for turns of one template: the text without digits and what stands in quotes, its first words only. */
  readonly shapeKey: string;
  /** True where nothing was said before it in its conversation. */
  readonly opens: boolean;
  /** Session; absent where traffic did not tell. */
  readonly sessionKey?: string | undefined;
  /** The person a request names (hashed); absent where it names none. */
  readonly personKey?: string | undefined;
  /** Kind of machine it names, `MacOS arm64`; absent where it names none. */
  readonly machine?: string | undefined;
}

/** Turns older than this say nothing of now. */
export const WAY_WINDOW_MS = 30 * 60_000;

const TEMPLATE_SPAN_MS = 5 * 60_000;
const TEMPLATE_LIKELY = 20;
const TEMPLATE_POSSIBLE = 10;
/** Turns at one beat: a person does not type at intervals that differ by less than a tenth. */
const BEAT_TURNS = 12;
const BEAT_SPREAD = 0.1;
const BEAT_LONGEST_MS = 120_000;
const BURST_TURNS = 8;
const BURST_SPAN_MS = 3000;

/**
 * Whether turns come as a batch does, newest first, all of one account and agent. First match:
 *
 * | seen | confidence |
 * | --- | --- |
 * | 20 or more distinct turns of one template in five minutes, each opening its conversation | likely |
 * | 10 to 19 of them | possible |
 * | 8 or more distinct turns opening conversations within three seconds | possible |
 * | 12 opening turns in a row at one beat, intervals within a tenth of each other | possible |
 */
export function seeBatch(turns: readonly WayTurn[]): SeenSignal | undefined {
  const [newest] = turns;
  if (newest?.opens !== true) return undefined;
  const opening = turns.filter(({ opens }) => opens);
  const distinct = (some: readonly WayTurn[]): number => new Set(some.map(({ textKey }) => textKey)).size;
  const alike = distinct(
    opening.filter(({ at, shapeKey }) => shapeKey === newest.shapeKey && newest.at - at <= TEMPLATE_SPAN_MS),
  );
  if (alike >= TEMPLATE_POSSIBLE) {
    return {
      signal: 'batch',
      confidence: alike >= TEMPLATE_LIKELY ? 'likely' : 'possible',
      evidence: [`${alike} different prompts of one template within five minutes`],
    };
  }
  const burst = distinct(opening.filter(({ at }) => newest.at - at <= BURST_SPAN_MS));
  if (burst >= BURST_TURNS) {
    return {
      signal: 'batch',
      confidence: 'possible',
      evidence: [`${burst} different conversations begun within three seconds`],
    };
  }
  const beat = beatOf(opening.slice(0, BEAT_TURNS));
  return beat === undefined
    ? undefined
    : {
        signal: 'batch',
        confidence: 'possible',
        evidence: [`${BEAT_TURNS} conversations begun at an even beat of ${Math.round(beat / 1000)} s`],
      };
}

function beatOf(turns: readonly WayTurn[]): number | undefined {
  if (turns.length < BEAT_TURNS || new Set(turns.map(({ textKey }) => textKey)).size < BEAT_TURNS) return undefined;
  const gaps = turns.slice(1).map(({ at }, i) => turns[i]!.at - at);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  if (mean < 500 || mean > BEAT_LONGEST_MS) return undefined;
  return gaps.every((gap) => Math.abs(gap - mean) <= mean * BEAT_SPREAD) ? mean : undefined;
}

const MANY_AGENTS = 4;
const MANY_SESSIONS = 8;

/**
 * Whether several people seem to use one account, from what its requests themselves name; addresses tell nothing here, since
 * everything comes from this machine. First match:
 *
 * | seen within half an hour | confidence |
 * | --- | --- |
 * | requests that name two or more different people | likely |
 * | two or more kinds of machine | possible |
 * | four or more agents and eight or more sessions | possible |
 */
export function seeSeveralPeople(turns: readonly WayTurn[]): SeenSignal | undefined {
  const counted = (pick: (turn: WayTurn) => string | undefined): number =>
    new Set(turns.map(pick).filter((each) => each !== undefined && each !== 'unknown')).size;
  const seen = (confidence: SeenSignal['confidence'], clause: string): SeenSignal => ({
    signal: 'several-people',
    confidence,
    evidence: [`${clause} within half an hour`],
  });
  const people = counted(({ personKey }) => personKey);
  if (people >= 2) return seen('likely', `requests name ${people} different people`);
  const machines = counted(({ machine }) => machine);
  if (machines >= 2) return seen('possible', `requests name ${machines} kinds of machine`);
  const agents = counted(({ agentId }) => agentId);
  const sessions = counted(({ sessionKey }) => sessionKey);
  if (agents >= MANY_AGENTS && sessions >= MANY_SESSIONS) {
    return seen('possible', `${agents} agents and ${sessions} sessions use it`);
  }
  return undefined;
}
