import { readFileSync } from 'node:fs';
import { hookAct } from '../core/hook.ts';
import { modeOf, type ScopeModes } from '../core/scope-mode.ts';
import { kindOfClient } from '../policies/clients.ts';
import { packFor } from '../policies/list.ts';
import { homePaths } from '../protocol/home.ts';
import type { JudgeAsk, JudgeSays } from '../protocol/judge-call.ts';
import type { Judge, Sensitivity } from '../scope/judge.ts';
import { recallTaught, type Taught, type TaughtPrompt } from '../scope/taught.ts';
import { openStopped } from './stopped-file.ts';

/**
 * Judges a prompt with no relay at hand, by the modes and the taught prompts its home keeps. Nothing is flagged: nobody keeps
 * a panel. Reads damaged files as absent; throws only what `openJudge` throws.
 */
export function judgeAlone(
  home: string,
  { agentId, providerId, kind, text, tools }: JudgeAsk,
  now: number,
  openJudge: () => Judge,
): JudgeSays {
  const pack = packFor(providerId);
  const settings = readRecord(homePaths(home).settings);
  const mode = modeOf(modesIn(settings), providerId);
  if (pack === undefined || kind === 'side' || text.trim() === '' || mode === 'observe') return { act: 'pass' };
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
  let act = hookAct(mode, verdict, false);
  if (act === 'pass') return { act };
  const turn = [agentId, providerId, text].join('\0');
  if (act === 'block') {
    const stopped = openStopped(home);
    if (stopped.has(turn)) return { act: 'pass' };
    // Where it cannot be kept the second try would be stopped too, and so for ever: it is warned about instead.
    if (!stopped.add(turn)) act = 'warn';
  }
  const { category, ruleId, packId, packVersion, pOffScope } = verdict;
  return { act, vendor: pack.vendor, category, ruleId, packId, packVersion, pOffScope };
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
