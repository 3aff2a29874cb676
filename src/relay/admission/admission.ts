import { agentName, recogniseAgent } from '../../agents/list.ts';
import { readTurn, scopeTurn } from '../../agents/turn-kind.ts';
import type { DialectId } from '../../core/exchange.ts';
import type { Dialect } from '../../core/provider.ts';
import type { Gate, GateDecision } from '../gate.ts';
import type { Opening } from '../opening.ts';
import type { Pace, Pacer } from '../pacer/pacer.ts';
import type { OwnAnswer } from '../own-answer.ts';
import { refuse } from '../refuse.ts';
import type { GuardDesk } from './guard-desk.ts';
import type { Arrived } from './arrived.ts';
import { comeBack, patienceOf } from './come-back.ts';
import { guardText } from './guard-words.ts';
import type { KeyStops } from './key-stops.ts';
import type { PausedAgents } from './paused-agents.ts';
import type { ScopeDesk } from './scope-desk.ts';

export interface AdmissionDeps {
  readonly now: () => number;
  readonly newId: (at: number) => string;
  readonly dialects: ReadonlyMap<DialectId, Dialect>;
  readonly accountOf: (opening: Opening) => string | undefined;
  readonly paced: (providerId: string) => boolean;
  readonly maxWaitMs: () => number;
  readonly paused: PausedAgents;
  readonly anyPaused: () => boolean;
  readonly stops: KeyStops;
  readonly guards: GuardDesk;
  readonly pacer: Pacer;
  readonly scope: ScopeDesk;
  readonly onTrouble: (error: unknown) => void;
}

const DECODER = new TextDecoder('utf-8', { fatal: false });

/**
 * What stands before a request: undefined, and then nothing does, unless the user asked for it. In order:
 *
 * 1. its key is stopped after a policy stop: answered with why
 * 2. its agent is paused: held until it is resumed, answered after the longest wait
 * 3. its provider or plan is in warn, hold or block mode and its turn is outside the terms: told, put to the user, or
 *    answered with why, once per turn
 * 4. a guard of the user's own stands before its provider: held until that ends, answered where that is too far off
 * 5. its provider is paced: queued for a slot of its key and model; after the longest wait told to come back where its agent
 *    heeds that, else sent
 *
 * Requests that are no chat (model lists, token counts, probes) are never held.
 */
export function createAdmission(deps: AdmissionDeps): { gateFor(opening: Opening): Gate | undefined } {
  return {
    gateFor(opening) {
      if (opening.operation !== 'chat') return undefined;
      const { providerId } = opening.upstream;
      const needed =
        deps.paced(providerId) ||
        deps.guards.guards(providerId) ||
        deps.scope.acts(providerId) ||
        deps.anyPaused() ||
        deps.stops.list().length > 0;
      return needed ? createGate(deps, opening) : undefined;
    },
  };
}

function createGate(deps: AdmissionDeps, opening: Opening): Gate {
  let leave = (): void => {};
  let pace: Pace | undefined;
  let gone = false;

  async function decide(body: Buffer | undefined): Promise<GateDecision> {
    const request = arrive(deps, opening, body);
    const stop = request.accountKey === undefined ? undefined : deps.stops.of(request.providerId, request.accountKey);
    if (stop !== undefined)
      return { go: false, answer: refuse(request, 'key-stopped', stoppedText(opening, stop.code)) };
    if (deps.paused.has(request.agentId)) {
      const hold = deps.paused.hold(request.agentId, deps.maxWaitMs());
      leave = hold.leave;
      if ((await hold.over) === 'timeout') {
        return { go: false, answer: refuse(request, 'agent-paused', pausedText(request.agentId)) };
      }
    }
    const refused = gone ? undefined : await judge(request);
    if (refused !== undefined) return { go: false, answer: refused };
    const guarded = gone ? undefined : await guard(request);
    if (guarded !== undefined) return { go: false, answer: guarded };
    if (gone || !deps.paced(request.providerId) || request.accountKey === undefined) return { go: true };
    pace = deps.pacer.enter({
      providerId: request.providerId,
      accountKey: request.accountKey,
      model: request.model,
      agentId: request.agentId,
      patienceMs: patienceOf(request.agentId, opening, deps.maxWaitMs()),
      side: request.turn !== undefined && scopeTurn(request.turn) === 'side' && request.turn.kind !== 'tool-result',
    });
    leave = () => pace?.over(false);
    if (await pace.granted) return { go: true, patience: pace.patience };
    const later = gone ? undefined : comeBack(request.agentId, opening);
    return later === undefined ? { go: true } : { go: false, answer: later };
  }

  /** Our answer where the turn is outside the terms and the mode or the user says so. */
  async function judge(request: Arrived): Promise<OwnAnswer | undefined> {
    const admitted = deps.scope.admit(
      request,
      opening.upstream.provider.name,
      patienceOf(request.agentId, opening, Infinity),
    );
    leave = admitted.leave;
    return await admitted.over;
  }

  /** Our answer where a guard holds the request back for longer than it may wait. */
  async function guard(request: Arrived): Promise<OwnAnswer | undefined> {
    const { providerId, accountKey } = request;
    if (accountKey === undefined || !deps.guards.guards(providerId)) return undefined;
    const hold = deps.guards.hold({ ...request, accountKey });
    leave = hold.leave;
    const decision = await hold.over;
    if (decision === 'left' || decision.kind === 'go') return undefined;
    const { name } = opening.upstream.provider;
    return refuse(request, decision.stop === 'peak' ? 'peak-hours' : 'budget', guardText(decision, name, deps.now()));
  }

  return {
    wantsBody: true,
    // Whatever breaks in here is ours: the request goes on.
    decide: (body) =>
      decide(body).catch((error: unknown) => {
        deps.onTrouble(error);
        return { go: true };
      }),
    over(outcome) {
      gone = true;
      if (pace === undefined) leave();
      else pace.over(outcome === 'completed');
    },
  };
}

function arrive(deps: AdmissionDeps, opening: Opening, body: Buffer | undefined): Arrived {
  const at = deps.now();
  const parsed = parse(body);
  const { dialect } = opening;
  const turn =
    parsed === undefined || dialect === undefined
      ? undefined
      : readTurn({ headers: opening.headers, body: parsed, dialect });
  const recognised = () =>
    recogniseAgent({ headers: opening.headers, bodyStart: body?.toString('latin1', 0, 64 * 1024) ?? '' }).agentId;
  return {
    id: deps.newId(at),
    at,
    providerId: opening.upstream.providerId,
    accountKey: deps.accountOf(opening),
    agentId: opening.agentId ?? recognised(),
    dialect: dialect === undefined ? undefined : deps.dialects.get(dialect),
    model: opening.model ?? textOf(parsed?.['model']) ?? 'unknown',
    streamed: parsed?.['stream'] === true || opening.path.includes(':stream'),
    tools: turn?.tools ?? [],
    turn,
  };
}

function parse(body: Buffer | undefined): Readonly<Record<string, unknown>> | undefined {
  if (body === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(DECODER.decode(body));
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function stoppedText(opening: Opening, code: string): string {
  const { name } = opening.upstream.provider;
  return (
    `Planward stopped this request before it reached ${name}: ${name} answered ${code} before, which means that it acted on ` +
    `its terms of use, and more requests can make that last longer. Nothing was sent. To go on: open the plan overview ` +
    `in ${name}’s console and appeal there, then run "Planward: Resume" for this key.`
  );
}

function pausedText(agentId: string): string {
  return (
    `Planward held this request because ${agentName(agentId)} is paused, and stopped it after the longest wait. ` +
    'Nothing was sent. To go on: run "Planward: Resume" and send it again.'
  );
}
