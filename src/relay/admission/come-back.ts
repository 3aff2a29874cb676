import { findAgent } from '../../agents/list.ts';
import { header } from '../../core/provider.ts';
import type { Opening } from '../opening.ts';
import type { OwnAnswer } from '../own-answer.ts';

/** Short enough that every agent which heeds it at all does. */
const COME_BACK_S = 5;
/** Share of an agent's own time limit that a wait may take: the answer itself takes time too. */
const SHARE = 0.5;

/**
 * How long a request may be held: the user's longest wait, and no more than half of what its agent waits for an answer, as it
 * says in its head (`X-Stainless-Timeout`, seconds) or was seen to.
 */
export function patienceOf(agentId: string, { headers }: Pick<Opening, 'headers'>, maxWaitMs: number): number {
  const told = Number(header(headers, 'x-stainless-timeout')) * 1000;
  const own = told > 0 ? told : findAgent(agentId)?.patience?.answerMs;
  return own === undefined ? maxWaitMs : Math.min(maxWaitMs, Math.round(own * SHARE));
}

/**
 * What an agent gets after the longest wait in line: to come back in some seconds, where it was seen to heed that. Undefined
 * for others, whose request is sent.
 */
export function comeBack(agentId: string, { upstream }: Pick<Opening, 'upstream'>): OwnAnswer | undefined {
  const heeds = findAgent(agentId)?.patience?.retryAfter;
  if (heeds === undefined || heeds === 'ignored') return undefined;
  return {
    status: 429,
    reason: 'in-line',
    retryAfterS: COME_BACK_S,
    message: `Planward held this request in line for ${upstream.provider.name}, which takes no more at once with this key. Nothing was sent. It can be sent again in ${COME_BACK_S} s.`,
    outcome: 'refused',
  };
}
