import { readFileSync } from 'node:fs';
import { requestLoopback } from '../client/loopback-request.ts';
import { homePaths } from '../protocol/home.ts';
import { JUDGE_PATH, readJudgeSays, type JudgeAsk, type JudgeSays } from '../protocol/judge-call.ts';

/** Longer than a running relay takes by far, and short enough for a prompt that waits. */
const PATIENCE_MS = 400;

/**
 * What the running relay says about a prompt; undefined where none runs in this home, or it does not answer or does not
 * know the question. Never throws.
 */
export async function askRelay(home: string, asked: JudgeAsk): Promise<JudgeSays | undefined> {
  const relay = readAddress(homePaths(home).endpoint);
  if (relay === undefined) return undefined;
  const reply = await requestLoopback({
    ...relay,
    path: JUDGE_PATH,
    method: 'POST',
    body: asked,
    timeoutMs: PATIENCE_MS,
  });
  return reply.ok && reply.status === 200 ? readJudgeSays(reply.text) : undefined;
}

/** Read by hand: the schema of this file would take longer to load than the question takes. */
function readAddress(path: string): { port: number; token: string } | undefined {
  try {
    const { port, token } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    return typeof port === 'number' && typeof token === 'string' ? { port, token } : undefined;
  } catch {
    return undefined;
  }
}
