import { readFileSync, rmSync } from 'node:fs';
import type { KeptFlag, ScopeRow } from '../../core/scope-record.ts';
import type { Category, Evidence } from '../../core/verdict.ts';
import { lateFlagsSchema } from '../../protocol/late-flags.ts';

export interface LateFlagsDeps {
  /** `hook-flags.json` of the home. */
  readonly path: string;
  readonly newId: (at: number) => string;
  readonly remember: (flags: readonly KeptFlag[]) => void;
  readonly keep: (row: ScopeRow) => void;
}

/**
 * Takes in what hooks flagged while no relay ran: shown, written down, and the file is gone. One that is damaged is thrown away.
 * Never throws.
 */
export function takeInLateFlags({ path, newId, remember, keep }: LateFlagsDeps): void {
  const text = take(path);
  if (text === undefined) return;
  const flags = read(text).map((each): KeptFlag => {
    const id = newId(each.at);
    return {
      ...each,
      id,
      exchangeId: `hook:${id}`,
      accountKey: undefined,
      category: each.category as Category | undefined,
      evidence: each.evidence as readonly Evidence[],
      state: 'open',
      settledAt: undefined,
      reason: undefined,
    };
  });
  remember(flags.toSorted((a, b) => b.at - a.at));
  for (const flag of flags) keep({ kind: 'flag', flag });
}

/** The file's text, and the file is gone: taken in twice, each flag would stand there twice. */
function take(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    rmSync(path);
    return text;
  } catch {
    return undefined;
  }
}

function read(text: string) {
  try {
    return lateFlagsSchema.safeParse(JSON.parse(text)).data?.flags ?? [];
  } catch {
    return [];
  }
}
