import { hash } from 'node:crypto';
import { scopeTurn, type TurnReading } from '../../agents/turn-kind.ts';
import type { Flag, HeldBy } from '../../core/flag.ts';
import { withoutText, type KeptFlag, type ScopeRow } from '../../core/scope-record.ts';
import type { PolicyPack } from '../../core/policy-pack.ts';
import type { Verdict } from '../../core/verdict.ts';
import { kindOfClient } from '../../policies/clients.ts';
import { packFor } from '../../policies/list.ts';
import type { Judge, Sensitivity } from '../../scope/judge.ts';
import type { TaughtFile } from './taught-file.ts';

/** A request whose turn can be judged. */
export interface JudgedRequest {
  readonly providerId: string;
  readonly accountKey: string | undefined;
  readonly agentId: string;
  readonly turn: TurnReading;
  readonly at: number;
}

export interface ScopeWatchDeps {
  readonly judge: () => Judge;
  /** The terms of a provider; those that come with Planward where absent. */
  readonly packOf?: (providerId: string) => PolicyPack | undefined;
  readonly sensitivity: () => Sensitivity;
  readonly newId: (at: number) => string;
  readonly salt: Uint8Array;
  readonly taught: TaughtFile;
  readonly onFlag: () => void;
  readonly now?: () => number;
  /** What is written down: no text of a prompt. Absent where nothing is. */
  readonly keep?: (row: ScopeRow) => void;
}

export interface ScopeWatch {
  /** Undefined where the turn is none to judge (titles, summaries, steps of a turn) or no terms are known. */
  judge(request: JudgedRequest): Verdict | undefined;
  /** Flags what the verdict found, once per turn and rule, however often the turn is sent. */
  flag(request: JudgedRequest, verdict: Verdict, exchangeId: string, acted: Flag['acted'], heldBy?: HeldBy): void;
  /** One name for this turn however often it is sent: a salted hash. */
  turnKey(request: JudgedRequest): string;
  /** Turn of an open flag; undefined where it is not known any more. */
  turnOf(flagId: string): string | undefined;
  /** The user says of a turn that it is coding. */
  teach(request: JudgedRequest): void;
  /** True where this turn was answered in our name before: it is never stopped twice. */
  wasBlocked(request: JudgedRequest): boolean;
  /** Newest first, at most 200. */
  flags(): readonly Flag[];
  /** Takes a flag away; `coding` also teaches that prompts like its are. False where there is none of this id. */
  settle(id: string, action: 'dismiss' | 'coding', reason?: string): boolean;
  /** Flags of before this start, newest first: without the prompt's words, and such a turn is not flagged anew. */
  remember(kept: readonly KeptFlag[]): void;
}

const KEPT = 200;
const TURNS_KEPT = 2000;

/** Judges newest turns under the terms of their plan and keeps what touches a rule. The words of a prompt stay in memory. */
export function createScopeWatch(deps: ScopeWatchDeps): ScopeWatch {
  let flags: Flag[] = [];
  /** Turn -> verdict, so that the steps and retries of a turn are judged once. */
  const judged = new Map<string, Verdict>();
  const flagged = new Set<string>();
  const blocked = new Set<string>();
  /** Flag -> its turn, for teaching; in memory only. */
  const texts = new Map<string, string>();
  /** Flag -> key of its turn. */
  const turns = new Map<string, string>();

  const salt = Buffer.from(deps.salt).toString('base64url');
  /** Asked for several times of one turn, and long turns are long. */
  const keys = new WeakMap<TurnReading, { readonly of: string; readonly key: string }>();
  function keyOf({ providerId, accountKey, agentId, turn }: JudgedRequest): string {
    const of = `${providerId}\0${accountKey ?? ''}\0${agentId}`;
    const known = keys.get(turn);
    if (known?.of === of) return known.key;
    const key = hash('sha256', [salt, of, turn.text ?? '', turn.previous[0] ?? ''].join('\0'), 'base64url');
    keys.set(turn, { of, key });
    return key;
  }

  function bound(collection: Map<string, unknown> | Set<string>): void {
    for (const key of collection.keys()) {
      if (collection.size <= TURNS_KEPT) return;
      collection.delete(key);
    }
  }

  return {
    judge(request) {
      const { turn, providerId, agentId, at } = request;
      const pack = (deps.packOf ?? packFor)(providerId);
      const kind = scopeTurn(turn);
      if (pack === undefined || kind === 'side' || turn.text === undefined) return undefined;
      const key = keyOf(request);
      let verdict = judged.get(key);
      if (verdict === undefined) {
        const client = agentId === 'unknown' ? undefined : agentId;
        verdict = deps.judge()(
          {
            text: turn.text,
            previous: turn.previous,
            tools: turn.tools,
            ...(client === undefined ? {} : { client }),
            clientKind: kindOfClient(client),
            system: turn.system,
            turn: kind,
            files: turn.files,
            ...(kind === 'scheduled' ? { signals: ['unattended'] as const } : {}),
          },
          pack,
          { now: at, providerId, sensitivity: deps.sensitivity(), taught: deps.taught.taught() },
        );
        judged.set(key, verdict);
        bound(judged);
        const { decision, reason, pOffScope, category, ruleId, packId, packVersion } = verdict;
        const said = { decision, reason, pOffScope, category, ruleId, packId, packVersion };
        if (reason !== 'not-judged') {
          const { accountKey } = request;
          deps.keep?.({ kind: 'judged', turn: { turnKey: key, at, providerId, accountKey, agentId, ...said } });
        }
      }
      return verdict;
    },
    turnKey: keyOf,
    turnOf: (flagId) => turns.get(flagId),
    teach(request) {
      if (request.turn.text === undefined) return;
      const key = keyOf(request);
      if (judged.get(key)?.reason === 'taught') return;
      deps.taught.add(deps.newId(request.at), request.turn.text);
      judged.clear();
    },
    flag(request, verdict, exchangeId, acted, heldBy) {
      const key = keyOf(request);
      if (acted === 'blocked') {
        blocked.add(key);
        bound(blocked);
      }
      for (const finding of verdict.findings) {
        // What is said of the tool and not of the turn would be said at every turn.
        const once = finding.ruleId === verdict.ruleId ? key : toolKey(request, finding.ruleId);
        if (flagged.has(once)) continue;
        flagged.add(once);
        bound(flagged);
        const flag: Flag = {
          id: deps.newId(request.at),
          at: request.at,
          exchangeId,
          providerId: request.providerId,
          accountKey: request.accountKey,
          agentId: request.agentId,
          ruleId: finding.ruleId,
          severity: finding.severity,
          packId: verdict.packId,
          packVersion: verdict.packVersion,
          decision: verdict.decision,
          pOffScope: verdict.pOffScope,
          category: verdict.category,
          because: finding.because,
          evidence: (finding.evidence ?? verdict.evidence).slice(0, 5),
          acted,
          ...(heldBy === undefined ? {} : { heldBy }),
        };
        flags.unshift(flag);
        const kept = { ...flag, evidence: withoutText(flag.evidence), turnKey: key } as const;
        deps.keep?.({ kind: 'flag', flag: { ...kept, state: 'open', settledAt: undefined, reason: undefined } });
        texts.set(flag.id, request.turn.text ?? '');
        turns.set(flag.id, key);
        for (const old of flags.splice(KEPT)) {
          texts.delete(old.id);
          turns.delete(old.id);
        }
        deps.onFlag();
      }
    },
    wasBlocked: (request) => blocked.has(keyOf(request)),
    flags: () => flags,
    settle(id, action, reason) {
      const flag = flags.find((each) => each.id === id);
      if (flag === undefined) return false;
      const state = action === 'coding' ? 'coding' : 'dismissed';
      deps.keep?.({ kind: 'settled', flagId: id, state, at: (deps.now ?? Date.now)(), reason });
      flags = flags.filter((each) => each !== flag);
      const text = texts.get(id);
      texts.delete(id);
      turns.delete(id);
      if (action === 'coding' && text !== undefined) {
        deps.taught.add(id, text);
        judged.clear();
      }
      deps.onFlag();
      return true;
    },
    remember(kept) {
      const known = new Set(flags.map(({ id }) => id));
      for (const { turnKey, state, settledAt: _, reason: __, ...flag } of kept) {
        flagged.add(turnKey);
        flagged.add(toolKey(flag, flag.ruleId));
        if (flag.acted === 'blocked') blocked.add(turnKey);
        if (state === 'open' && !known.has(flag.id) && flags.length < KEPT) {
          flags.push(flag);
          turns.set(flag.id, turnKey);
        }
      }
      deps.onFlag();
    },
  };
}

/** What is said of a tool is said once, not at every turn. */
function toolKey({ providerId, accountKey, agentId }: ToolOfFlag, ruleId: string): string {
  return [providerId, accountKey, agentId, ruleId].join(' ');
}

type ToolOfFlag = Pick<Flag, 'providerId' | 'accountKey' | 'agentId'>;
