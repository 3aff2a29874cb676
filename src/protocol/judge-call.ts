import type { HookSays } from '../core/hook.ts';
import type { TurnKind } from '../core/request-facts.ts';
import type { Category } from '../core/verdict.ts';

/**
 * `POST judge` of the control API, for programs that start for one prompt: no zod here, which takes longer to load than they
 * may take in all.
 */
export const JUDGE_PATH = '/_planward/v1/judge';

/** A prompt that an agent is about to take up. */
export interface JudgeAsk {
  readonly agentId: string;
  readonly providerId: string;
  readonly kind: TurnKind;
  readonly text: string;
  /** Tools its requests are known to declare; empty where not known. */
  readonly tools: readonly string[];
  /** The agent's own id of the conversation; kept in memory only. */
  readonly session?: string | undefined;
}

/** What is done about it. The fields beside `act` are there where it is not `pass`. */
export interface JudgeSays {
  readonly act: 'pass' | HookSays['act'];
  readonly vendor?: string | undefined;
  readonly category?: Category | undefined;
  readonly ruleId?: string | undefined;
  readonly packId?: string | undefined;
  readonly packVersion?: string | undefined;
  /** 0..1 */
  readonly pOffScope?: number | undefined;
}

/** An answer in another shape counts as `pass`. Never throws. */
export function readJudgeSays(text: string): JudgeSays {
  try {
    const says = JSON.parse(text) as Partial<JudgeSays> | null;
    return says?.act === 'warn' || says?.act === 'block' ? (says as JudgeSays) : { act: 'pass' };
  } catch {
    return { act: 'pass' };
  }
}
