import type { Exchange } from '../../core/exchange.ts';
import { hookAct } from '../../core/hook.ts';
import type { PolicyPack } from '../../core/policy-pack.ts';
import { modeOf, type ScopeModes } from '../../core/scope-mode.ts';
import type { HookedAgent } from '../../core/snapshot.ts';
import { packFor } from '../../policies/list.ts';
import type { JudgeAsk, JudgeSays } from '../../protocol/judge-call.ts';
import type { JudgedRequest, ScopeWatch } from './scope-watch.ts';

export interface HookDeskDeps {
  readonly now: () => number;
  readonly newId: (at: number) => string;
  readonly scope: Pick<ScopeWatch, 'judge' | 'flag' | 'wasBlocked'>;
  /** The terms of a provider; those that come with Planward where absent. */
  readonly packOf?: (providerId: string) => PolicyPack | undefined;
  readonly modes: () => ScopeModes;
  readonly agentName: (id: string) => string;
  readonly onChange: () => void;
}

export interface HookDesk {
  /** Judges a prompt that an agent's own hook handed over, flags what touches a rule, and says what its mode does. */
  judge(asked: JudgeAsk): JudgeSays;
  /** Remembers which account an agent uses, so that a turn seen by hook and by relay is one turn. */
  closed(exchange: Pick<Exchange, 'agentId' | 'providerId' | 'accountKey'>): void;
  /** Agents seen by their hook, last seen first. */
  agents(): readonly HookedAgent[];
}

const SESSIONS_KEPT = 200;
const PREVIOUS = 3;

/** What agents' own hooks ask, answered by the same judge, flags and modes as the traffic. In memory only. */
export function createHookDesk(deps: HookDeskDeps): HookDesk {
  const seen = new Map<string, HookedAgent>();
  const accounts = new Map<string, string>();
  /** Session -> its earlier prompts, newest first. */
  const earlier = new Map<string, readonly string[]>();

  function note({ agentId, providerId }: JudgeAsk, at: number, turns: number, act: JudgeSays['act']): void {
    const before = seen.get(agentId);
    seen.set(agentId, {
      agentId,
      agentName: deps.agentName(agentId),
      providerId,
      lastSeenAt: at,
      turns: (before?.turns ?? 0) + turns,
      stopped: (before?.stopped ?? 0) + (act === 'block' ? 1 : 0),
    });
    deps.onChange();
  }

  function previousOf(session: string | undefined, text: string): readonly string[] {
    if (session === undefined) return [];
    const before = earlier.get(session) ?? [];
    // The same prompt again is the same turn: a second form of the hook, or the user's second try.
    if (before[0] === text) return before.slice(1);
    earlier.delete(session);
    earlier.set(session, [text, ...before].slice(0, PREVIOUS + 1));
    for (const key of earlier.keys()) {
      if (earlier.size <= SESSIONS_KEPT) break;
      earlier.delete(key);
    }
    return before.slice(0, PREVIOUS);
  }

  return {
    judge(asked) {
      const at = deps.now();
      const { agentId, providerId, kind, text } = asked;
      const pack = (deps.packOf ?? packFor)(providerId);
      if (kind === 'side' || text.trim() === '') {
        note(asked, at, 0, 'pass');
        return { act: 'pass' };
      }
      const session = asked.session === undefined ? undefined : `${agentId}\0${asked.session}`;
      const repeated = session !== undefined && earlier.get(session)?.[0] === text;
      const request: JudgedRequest = {
        providerId,
        accountKey: accounts.get(`${agentId}\0${providerId}`),
        agentId,
        at,
        turn: {
          text,
          previous: previousOf(session, text),
          files: [],
          brings: 'user-turn',
          rawMessage: text.slice(0, 20_000),
          kind: kind === 'scheduled' ? 'cron' : kind,
          author: kind === 'scheduled' ? 'schedule' : kind === 'sub-agent' ? 'model' : 'user',
          tools: asked.tools,
          system: '',
        },
      };
      const verdict = deps.scope.judge(request);
      const act = hookAct(modeOf(deps.modes(), providerId), verdict, deps.scope.wasBlocked(request));
      if (verdict !== undefined && verdict.findings.length > 0) {
        deps.scope.flag(request, verdict, `hook:${deps.newId(at)}`, act === 'block' ? 'blocked' : 'passed');
      }
      note(asked, at, repeated ? 0 : 1, act);
      if (act === 'pass' || verdict === undefined) return { act: 'pass' };
      const { category, ruleId, packId, packVersion, pOffScope } = verdict;
      return { act, vendor: pack?.vendor, category, ruleId, packId, packVersion, pOffScope };
    },
    closed({ agentId, providerId, accountKey }) {
      if (accountKey !== undefined) accounts.set(`${agentId}\0${providerId}`, accountKey);
    },
    agents: () => [...seen.values()].toSorted((a, b) => b.lastSeenAt - a.lastSeenAt),
  };
}
