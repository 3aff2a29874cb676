import { hash } from 'node:crypto';
import type { RequestWay } from '../../agents/request-way.ts';
import { scopeTurn, type TurnReading } from '../../agents/turn-kind.ts';
import { standingOf, type PolicyPack } from '../../core/policy-pack.ts';
import type { SeenSignal } from '../../core/request-facts.ts';
import { packFor } from '../../policies/list.ts';
import { seeBatch, seeSeveralPeople, WAY_WINDOW_MS, type WayTurn } from '../../scope/fold-ways.ts';

/** A request that was read, with how it came. */
export interface WayRequest {
  readonly at: number;
  readonly providerId: string;
  readonly accountKey: string | undefined;
  readonly agentId: string;
  readonly sessionKey?: string | undefined;
  readonly turn: TurnReading;
  readonly way: RequestWay;
  /** The credential is a login of a subscription, not an API key. */
  readonly login: boolean;
}

export interface WayWatch {
  /** What is seen of the way this request comes, beside those before it. Titles, helpers and steps of a turn give nothing. */
  see(request: WayRequest): readonly SeenSignal[];
}

const ACCOUNTS_KEPT = 200;
const TURNS_KEPT = 400;
/** More turns than this in a second are no person's: going over the last half hour at each of them would cost more than all else. */
const BUSY_TURNS = 20;
/** So they are looked at together, this often. */
const BUSY_LOOK_MS = 100;

/** Keeps hashes and marks of the last half hour's turns by account, in memory only: no text, no name of a person. */
export function createWayWatch(
  salt: Uint8Array,
  packOf: (providerId: string) => PolicyPack | undefined = packFor,
): WayWatch {
  const accounts = new Map<string, Recent>();
  /** Account that was seen last. */
  let newest: string | undefined;
  const secret = Buffer.from(salt).toString('base64url');
  const keyOf = (...parts: readonly string[]): string =>
    hash('sha256', `${secret}\0${parts.join('\0')}`, 'base64url').slice(0, 22);

  function recentOf(key: string): Recent {
    const known = accounts.get(key);
    if (known !== undefined && key === newest) return known;
    newest = key;
    const recent = known ?? { turns: [], lookedAt: 0 };
    accounts.delete(key);
    accounts.set(key, recent);
    for (const old of accounts.keys()) {
      if (accounts.size <= ACCOUNTS_KEPT) break;
      accounts.delete(old);
    }
    return recent;
  }

  return {
    see(request) {
      const { at, agentId, turn, way, accountKey, providerId } = request;
      const kind = scopeTurn(turn);
      if (turn.text === undefined || (kind !== 'user-turn' && kind !== 'scheduled')) return [];
      const seen: SeenSignal[] = [];
      const add = (signal: SeenSignal | undefined): void => {
        if (signal !== undefined) seen.push(signal);
      };
      if (kind === 'scheduled') {
        add({ signal: 'unattended', confidence: 'likely', evidence: ['the turn is marked as a heartbeat or a timer'] });
      }
      add(rawApi(request));
      add(foreignLogin(request, packOf(providerId)));
      if (way.forwardedBy !== undefined) {
        add({ signal: 'forwarded', confidence: 'possible', evidence: [way.forwardedBy] });
      }
      if (accountKey === undefined) return seen;
      const recent = recentOf(`${providerId} ${accountKey}`);
      const { turns } = recent;
      turns.unshift({
        at,
        agentId,
        textKey: keyOf('text', turn.text),
        shapeKey: keyOf('shape', shapeOf(turn.text), turn.system.slice(0, 500)),
        opens: turn.previous.length === 0,
        sessionKey: request.sessionKey,
        personKey: way.person === undefined ? undefined : keyOf('person', way.person),
        machine: way.machine,
      });
      if (turns.length > TURNS_KEPT) turns.length = TURNS_KEPT;
      const before = turns[BUSY_TURNS];
      if (before !== undefined && at - before.at < 1000 && Math.abs(at - recent.lookedAt) < BUSY_LOOK_MS) return seen;
      recent.lookedAt = at;
      const within = turns.filter((each) => at - each.at <= WAY_WINDOW_MS);
      turns.splice(0, turns.length, ...within);
      if (kind === 'user-turn') add(seeBatch(turns.filter((each) => each.agentId === agentId)));
      add(seeSeveralPeople(turns));
      return seen;
    },
  };
}

interface Recent {
  /** Newest first. */
  readonly turns: WayTurn[];
  lookedAt: number;
}

/** Nobody was recognised, no coding tool is declared, and the head names an SDK or an HTTP client. */
function rawApi({ agentId, way, turn }: WayRequest): SeenSignal | undefined {
  if (agentId !== 'unknown' || way.namedClient !== undefined || way.rawClient === undefined) return undefined;
  if (turn.tools.length > 0) return undefined;
  const { name, plain } = way.rawClient;
  const evidence = [`the user agent is ${name}`, 'no agent was recognised', 'no tools are declared'];
  return { signal: 'raw-api', confidence: plain ? 'likely' : 'possible', evidence };
}

/** A subscription login in a program that the terms do not name as the vendor's own. */
function foreignLogin({ login, agentId, way }: WayRequest, pack: PolicyPack | undefined): SeenSignal | undefined {
  if (!login) return undefined;
  const client = agentId === 'unknown' ? way.namedClient : agentId;
  if (pack === undefined || standingOf(pack, client) === 'supported') return undefined;
  if (client !== undefined) {
    const evidence = ['the credential is a subscription login', `the program is ${client}`];
    return { signal: 'foreign-login', confidence: 'likely', evidence };
  }
  if (way.rawClient?.plain !== true) return undefined;
  const evidence = ['the credential is a subscription login', `the user agent is ${way.rawClient.name}`];
  return { signal: 'foreign-login', confidence: 'possible', evidence };
}

/** The first eight words without digits and quotations: what prompts of one template share. */
function shapeOf(text: string): string {
  const bare = text
    .slice(0, 600)
    .replaceAll(/"[^"\n]*"|“[^”\n]*”|`[^`\n]*`/g, '_')
    .replaceAll(/\d+/g, '0')
    .toLowerCase();
  const words = bare.match(/\p{Script=Han}|[\p{L}_]+/gu) ?? [];
  return words.slice(0, 8).join(' ');
}
