import { readFileSync } from 'node:fs';
import { requestLoopback } from '../client/loopback-request.ts';
import { homePaths } from '../protocol/home.ts';
import { STATUSLINE_PATH, type StatuslineAsk, type StatuslineSays } from '../protocol/statusline-call.ts';

const PATIENCE_MS = 400;

/** Hands the figures to the running relay; undefined where none answers or it does not know the question. Never throws. */
export async function askRelay(home: string, asked: StatuslineAsk): Promise<StatuslineSays | undefined> {
  try {
    const address = JSON.parse(readFileSync(homePaths(home).endpoint, 'utf8')) as Record<string, unknown>;
    const { port, token } = address;
    if (typeof port !== 'number' || typeof token !== 'string') return undefined;
    const call = { port, token, path: STATUSLINE_PATH, method: 'POST', body: asked, timeoutMs: PATIENCE_MS } as const;
    const reply = await requestLoopback(call);
    if (!reply.ok || reply.status !== 200) return undefined;
    const says = JSON.parse(reply.text) as StatuslineSays;
    return Array.isArray(says.windows) && typeof says.flags === 'number' ? says : undefined;
  } catch {
    return undefined;
  }
}
