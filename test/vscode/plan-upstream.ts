import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a provider says of a plan: a 5-hour window and a week. Tests change it between two requests. */
export interface SaidPlan {
  used: number;
  weekUsed: number;
  resetsAt: number;
}

/** One request of Claude Code to Anthropic's own door, which tells the plan's windows in its headers; gives the status. */
export async function askClaude(port: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/@claude-code/anthropic/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer sk-ant-oat01-simulated' },
    body: JSON.stringify({
      model: 'claude-sonnet-4-5',
      max_tokens: 9,
      messages: [{ role: 'user', content: 'Fix it.' }],
    }),
    signal: AbortSignal.timeout(60_000),
  });
  await response.text();
  return response.status;
}

const DAY_MS = 86_400_000;

/** Answers as an upstream whose plan stands so: in the headers of an answer, or where a usage API is asked. */
export function answerAsPlan(plan: SaidPlan, request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response.setHeader('content-type', 'application/json');
  if (request.url?.includes('/monitor/usage/quota/limit') === true) {
    response.end(JSON.stringify(quotaOf(plan)));
    return;
  }
  if (request.url?.includes('/messages') !== true) {
    response.statusCode = 404;
    response.end('{}');
    return;
  }
  // Only Anthropic's own door speaks in these fields.
  if (request.url.startsWith('/v1/')) {
    for (const [name, value] of Object.entries(headersOf(plan))) response.setHeader(name, value);
  }
  response.end(
    JSON.stringify({
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'glm-4.7',
      content: [{ type: 'text', text: 'Done.' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 2000, output_tokens: 40 },
    }),
  );
}

function headersOf({ used, weekUsed, resetsAt }: SaidPlan): Record<string, string> {
  return {
    'anthropic-ratelimit-unified-5h-utilization': String(used),
    'anthropic-ratelimit-unified-5h-reset': String(Math.floor(resetsAt / 1000)),
    'anthropic-ratelimit-unified-7d-utilization': String(weekUsed),
    'anthropic-ratelimit-unified-7d-reset': String(Math.floor((resetsAt + 3 * DAY_MS) / 1000)),
  };
}

function quotaOf({ used, weekUsed, resetsAt }: SaidPlan): object {
  const limit = (unit: number, number: number, of: number, fraction: number, nextResetTime: number) => ({
    type: 'CREDIT_LIMIT',
    unit,
    number,
    usage: of,
    currentValue: Math.round(of * fraction),
    remaining: Math.round(of * (1 - fraction)),
    percentage: Math.floor(fraction * 100),
    nextResetTime,
  });
  const limits = [limit(3, 5, 12_000, used, resetsAt), limit(6, 1, 60_000, weekUsed, resetsAt + 3 * DAY_MS)];
  return { code: 200, msg: 'Operation successful', data: { limits, level: 'pro' }, success: true };
}
