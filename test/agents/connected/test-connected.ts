import type { Check } from '../real/expectations.ts';
import { installAgent } from '../real/install-agent.ts';
import type { ConnectedAgent } from './connected-agent.ts';
import { holdConnected } from './connected-session.ts';
import { judgeConnected } from './judge-connected.ts';

const SESSION_LIMIT_MS = 90_000;

export interface ConnectedResult {
  readonly id: string;
  readonly version: string;
  readonly durationMs: number;
  readonly skipped?: string;
  readonly checks: readonly Check[];
}

/** Installs an agent, connects it with our own command, holds two sessions, disconnects it, and judges. Never throws. */
export async function testConnected(agent: ConnectedAgent): Promise<ConnectedResult> {
  const began = performance.now();
  const result = (rest: Pick<ConnectedResult, 'checks' | 'skipped'>): ConnectedResult => ({
    id: `${agent.id}-connected`,
    version: agent.version,
    durationMs: Math.round(performance.now() - began),
    ...rest,
  });
  const installed = await installAgent(agent);
  if (!installed.ok) return result({ checks: [], skipped: installed.reason });
  try {
    return result({ checks: await holdConnected(agent, installed.folder, SESSION_LIMIT_MS, judgeConnected) });
  } catch (error) {
    const seen = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return result({ checks: [{ says: 'a session can be held', ok: false, seen }] });
  }
}
