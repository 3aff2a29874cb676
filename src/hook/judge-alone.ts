import { existsSync, readFileSync } from 'node:fs';
import { hookAct } from '../core/hook.ts';
import type { PolicyPack } from '../core/policy-pack.ts';
import { modeOf, type ScopeModes } from '../core/scope-mode.ts';
import { kindOfClient } from '../policies/clients.ts';
import { packFor } from '../policies/list.ts';
import { homePaths } from '../protocol/home.ts';
import type { JudgeAsk, JudgeSays } from '../protocol/judge-call.ts';
import type { Judge, Sensitivity } from '../scope/judge.ts';
import { recallTaught, type Taught, type TaughtPrompt } from '../scope/taught.ts';
import { keepLateFlags } from './late-flags-file.ts';
import { openStopped } from './stopped-file.ts';

export interface JudgeAloneDeps {
  readonly openJudge: () => Judge;
  /** The user's own packs; asked only where there may be any. */
  readonly ownPacks: (paths: readonly string[]) => readonly PolicyPack[];
}

/**
 * Judges a prompt with no relay at hand, by the modes, the taught prompts and the packs its home keeps. What touches a rule is
 * kept for the relay that starts next. Reads damaged files as absent; throws only what `openJudge` throws.
 */
export function judgeAlone(
  home: string,
  asked: JudgeAsk,
  now: number,
  { openJudge, ownPacks }: JudgeAloneDeps,
): JudgeSays {
  const { agentId, providerId, kind, text, tools } = asked;
  const settings = readRecord(homePaths(home).settings);
  const pack = packFor(providerId, packsOf(home, settings, ownPacks));
  const mode = modeOf(modesIn(settings), providerId);
  if (pack === undefined || kind === 'side' || text.trim() === '') return { act: 'pass' };
  const verdict = openJudge()(
    {
      text,
      tools,
      client: agentId,
      clientKind: kindOfClient(agentId),
      turn: kind,
      ...(kind === 'scheduled' ? { signals: ['unattended'] as const } : {}),
    },
    pack,
    { now, providerId, sensitivity: sensitivityIn(settings), taught: taughtIn(home) },
  );
  const act = actOn(home, asked, hookAct(mode, verdict, false));
  keepLateFlags(home, asked, verdict, act === 'block' ? 'blocked' : 'passed', now);
  if (act === 'pass') return { act };
  const { category, ruleId, packId, packVersion, pOffScope } = verdict;
  return { act, vendor: pack.vendor, category, ruleId, packId, packVersion, pOffScope };
}

/** A prompt is stopped once: sent again as it is, it passes. */
function actOn(home: string, { agentId, providerId, text }: JudgeAsk, act: JudgeSays['act']): JudgeSays['act'] {
  if (act !== 'block') return act;
  const turn = [agentId, providerId, text].join('\0');
  const stopped = openStopped(home);
  if (stopped.has(turn)) return 'pass';
  // Where it cannot be kept the second try would be stopped too, and so for ever: it is warned about instead.
  return stopped.add(turn) ? 'block' : 'warn';
}

function packsOf(
  home: string,
  settings: Readonly<Record<string, unknown>>,
  ownPacks: JudgeAloneDeps['ownPacks'],
): readonly PolicyPack[] {
  const told = settings['policyPacks'];
  const paths = Array.isArray(told) ? told.filter((path) => typeof path === 'string') : [];
  if (paths.length === 0 && !existsSync(`${home}/policies`)) return [];
  try {
    return ownPacks(paths);
  } catch {
    return []; // An older installation has no program that reads them.
  }
}

function modesIn(settings: Readonly<Record<string, unknown>>): ScopeModes {
  const modes = settings['modes'];
  if (typeof modes !== 'object' || modes === null) return {};
  const known = ['observe', 'warn', 'hold', 'block'];
  return Object.fromEntries(Object.entries(modes).filter(([, mode]) => known.includes(String(mode))));
}

function sensitivityIn(settings: Readonly<Record<string, unknown>>): Sensitivity {
  const told = settings['scopeSensitivity'];
  return told === 'low' || told === 'high' ? told : 'normal';
}

function taughtIn(home: string): Taught {
  const { taught, salt } = homePaths(home);
  try {
    const { prompts } = JSON.parse(readFileSync(taught, 'utf8')) as { prompts: readonly TaughtPrompt[] };
    return recallTaught(prompts, readFileSync(salt).toString('base64url'));
  } catch {
    return recallTaught([], '');
  }
}

function readRecord(path: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
