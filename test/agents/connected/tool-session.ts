import { answerSideRequest, type CodingTask } from '../../support/mock-coding-session.ts';
import { ask, say, type Script } from '../../support/mock-reply.ts';
import type { MockRequest } from '../../support/mock-request.ts';
import type { ConnectedAgent } from './connected-agent.ts';

/** Reads a file, changes a place in it, runs a command and says so, with the agent's own tools. */
export function toolSession(agent: ConnectedAgent, task: CodingTask, prompt: string): Script {
  const steps = [agent.read(task), agent.edit(task), agent.run(task)];
  return (request) => {
    const side = answerSideRequest(request);
    if (side !== undefined) return side;
    const step = steps[resultsSince(prompt, request)];
    return step === undefined ? say(task.closingText) : ask(...step);
  };
}

/** Tool results behind the prompt: some agents go on with an earlier session, and some write a block behind the results. */
function resultsSince(prompt: string, { json }: MockRequest): number {
  const messages = Array.isArray(json?.['messages']) ? json['messages'].map((message) => JSON.stringify(message)) : [];
  const since = messages.slice(
    messages.findLastIndex((message) => message.includes(JSON.stringify(prompt).slice(1, -1))),
  );
  return (since.join('').match(/"role":"tool"|"type":"tool_result"/g) ?? []).length;
}
