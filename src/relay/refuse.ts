import { findAgent } from '../agents/list.ts';
import type { Dialect } from '../core/provider.ts';
import type { OwnAnswer } from './own-answer.ts';

/** A request that Planward answers itself because the user asked for that. */
export interface Refused {
  readonly id: string;
  readonly agentId: string;
  readonly dialect: Dialect | undefined;
  readonly model: string;
  readonly streamed: boolean;
  readonly tools: readonly string[];
  readonly at: number;
}

/** Tool that ends a task with a text; agents that have it take a plain answer for a mistake and ask again. */
const ENDING_TOOL = 'attempt_completion';

/** The answer in the shape that this agent shows in its chat, once and without trying again. */
export function refuse(request: Refused, reason: string, message: string): OwnAnswer {
  const shape = findAgent(request.agentId)?.refusal ?? { kind: 'spoken' };
  if (shape.kind === 'error' || request.dialect === undefined) {
    return { status: shape.kind === 'error' ? shape.status : 402, reason, message, outcome: 'refused' };
  }
  const { contentType, body } = request.dialect.speak({
    ...request,
    text: message,
    ...(request.tools.includes(ENDING_TOOL) ? { tool: { name: ENDING_TOOL, input: { result: message } } } : {}),
  });
  return { status: 200, reason, message, outcome: 'refused', body: { contentType, text: body } };
}
