import type { Check } from './real/expectations.ts';
import { installAgent } from './real/install-agent.ts';
import type { RealAgent } from './real/real-agent.ts';

/** What is said of one trial with one agent. */
export interface TrialResult {
  /** `cline-held` */
  readonly id: string;
  readonly version: string;
  readonly durationMs: number;
  /** Why it was not held; then `checks` is empty. */
  readonly skipped?: string;
  readonly checks: readonly Check[];
}

/** An agent's package, installed under the agent's own id however many trials there are of it. */
export type TriedAgent = Pick<RealAgent, 'id' | 'version' | 'packageName'>;

/**
 * Installs an agent, holds a trial and gives its checks. A trial that breaks is one failed check.
 * Never throws.
 */
export async function runTrial(
  agent: TriedAgent,
  id: string,
  hold: (installedIn: string) => Promise<readonly Check[]>,
): Promise<TrialResult> {
  const began = performance.now();
  const result = (rest: Pick<TrialResult, 'checks' | 'skipped'>): TrialResult => ({
    id,
    version: agent.version,
    durationMs: Math.round(performance.now() - began),
    ...rest,
  });
  try {
    const installed = await installAgent(agent);
    if (!installed.ok) return result({ checks: [], skipped: installed.reason });
    return result({ checks: await hold(installed.folder) });
  } catch (error) {
    const seen = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return result({ checks: [{ says: 'it can be held', ok: false, seen }] });
  }
}
