import { answerSideRequest, type CodingTask } from '../../support/mock-coding-session.ts';
import { ask, say, type Script } from '../../support/mock-reply.ts';
import type { MockRequest } from '../../support/mock-request.ts';
import type { ConnectedAgent } from './connected-agent.ts';

/** Reads a file, changes a place in it, runs a command and says so, with the agent's own tools. */
export function toolSession(agent: ConnectedAgent, task: CodingTask): Script {
  const steps = [agent.read(task), agent.edit(task), agent.run(task)];
  return (request) => {
    const side = answerSideRequest(request);
    if (side !== undefined) return side;
    const step = steps[resultsIn(request)];
    return step === undefined ? say(task.closingText) : ask(...step);
  };
}

/** Tool results of the whole conversation: some agents write a block of their own behind them. */
function resultsIn({ json }: MockRequest): number {
  const text = JSON.stringify(json?.['messages'] ?? []);
  return (text.match(/"role":"tool"|"type":"tool_result"/g) ?? []).length;
}
