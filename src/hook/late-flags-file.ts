import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Verdict } from '../core/verdict.ts';
import { withoutText } from '../core/scope-record.ts';
import { homePaths } from '../protocol/home.ts';
import type { JudgeAsk } from '../protocol/judge-call.ts';
import type { LateFlag } from '../protocol/late-flags.ts';

const KEPT = 200;

/**
 * Keeps what a prompt touched in `hook-flags.json` of the home, for the relay that starts next: once per turn and rule, the newest
 * 200, no text. Never throws; where it cannot be written the flag is lost.
 */
export function keepLateFlags(
  home: string,
  { agentId, providerId, text }: JudgeAsk,
  verdict: Verdict,
  acted: LateFlag['acted'],
  at: number,
): void {
  if (verdict.findings.length === 0) return;
  try {
    // Loading it takes six milliseconds, which only a prompt that is flagged has to wait for.
    const { hash, randomBytes } = process.getBuiltinModule('node:crypto');
    const { hookFlags: path, salt: saltFile } = homePaths(home);
    const before = read(path);
    const own = before?.salt ?? randomBytes(16).toString('base64url');
    const salt = saltOf(saltFile) ?? own;
    // As the relay names a turn whose account it does not know.
    const turnKey = hash('sha256', [salt, `${providerId}\0\0${agentId}`, text, ''].join('\0'), 'base64url');
    const flags = [...(before?.flags ?? [])];
    for (const { ruleId, severity, because, evidence } of verdict.findings) {
      if (flags.some((each) => each.turnKey === turnKey && each.ruleId === ruleId)) continue;
      const { packId, packVersion, decision, pOffScope, category } = verdict;
      const said = { packId, packVersion, decision, pOffScope, ...(category === undefined ? {} : { category }) };
      const textless = withoutText(evidence ?? verdict.evidence).slice(0, 5);
      flags.push({
        turnKey,
        at,
        providerId,
        agentId,
        ruleId,
        severity,
        because,
        ...said,
        evidence: [...textless],
        acted,
      });
    }
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const draft = `${path}.${process.pid}.tmp`;
    // The file's own salt serves until the home has one.
    writeFileSync(draft, JSON.stringify({ salt: own, flags: flags.slice(-KEPT) }), { mode: 0o600 });
    renameSync(draft, path);
  } catch {
    // The prompt goes its way.
  }
}

function saltOf(path: string): string | undefined {
  try {
    return readFileSync(path).toString('base64url');
  } catch {
    return undefined;
  }
}

function read(path: string): { readonly salt: string; readonly flags: readonly LateFlag[] } | undefined {
  try {
    const { salt, flags } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    return typeof salt === 'string' && Array.isArray(flags) ? { salt, flags: flags as LateFlag[] } : undefined;
  } catch {
    return undefined;
  }
}
