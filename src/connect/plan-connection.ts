import {
  PROVIDER_ORIGINS,
  readDirectUrl,
  readRelayUrl,
  relayUrl,
  type DirectUrl,
  type ProviderOrigin,
} from '../agents/relay-url.ts';
import type { Agent } from '../core/agent.ts';
import type { Places, Slot } from '../core/connection.ts';
import { readAgentFile, type AgentFile } from './agent-file.ts';
import { editConfig } from './config-text.ts';
import type { Change } from './journal.ts';
import { depthOf, valueAt } from './key-path.ts';
import { noProxyChange } from './loopback-proxy.ts';
import { spliceBetween, type Splice } from './splice.ts';

export interface ConnectRequest {
  readonly agent: Agent;
  readonly places: Places;
  /** `http://127.0.0.1:7526`, no slash at its end. */
  readonly relayOrigin: string;
  /** Provider that is wanted; absent: every one that the file points at and the relay knows. */
  readonly providerId?: string | undefined;
  /** Providers the relay can carry. */
  readonly providerIds: readonly string[];
  /** Origins beyond the vendors' own, such as a company's gateway: those of the relay's setting `upstreams`. */
  readonly origins?: readonly ProviderOrigin[];
  /** Also keeps the agent's traffic to this machine away from a proxy, where its file can say so. */
  readonly noProxy?: boolean;
}

/** What connecting would do. Nothing is written yet. */
export interface ConnectPlan {
  readonly ok: true;
  readonly agent: Agent;
  readonly found: AgentFile;
  /** The text it will have; the same text where all is as wanted already. */
  readonly text: string;
  readonly changes: readonly Change[];
  readonly splices: readonly Splice[];
  /** Addresses that are left as they are, one sentence each. */
  readonly left: readonly string[];
}

export type ConnectRefusal = {
  readonly ok: false;
  readonly reason:
    | 'by-hand'
    | 'not-found'
    | 'unreadable'
    | 'not-understood'
    | 'read-only'
    | 'choose-provider'
    | 'unknown-provider'
    | 'unknown-address'
    | 'not-editable';
  /** One plain sentence. */
  readonly message: string;
  /** What to do, line by line. */
  readonly hints: readonly string[];
  /** Providers one of which has to be named, where that is what is missing. */
  readonly providers?: readonly string[];
};

/** Plans how an agent is pointed at the relay. Reads its file, writes nothing, never throws. */
export function planConnection(request: ConnectRequest): ConnectPlan | ConnectRefusal {
  const { agent, places, providerIds, providerId } = request;
  const { connection, name } = agent;
  if (connection === undefined) return refuse('by-hand', `Nobody has found a way to connect ${name} yet.`, []);
  if (providerId !== undefined && !providerIds.includes(providerId)) {
    return refuse('unknown-provider', `There is no provider "${providerId}".`, [
      `Providers: ${providerIds.join(', ')}`,
    ]);
  }
  const read = readAgentFile(agent, places);
  if (!read.ok) {
    return read.reason === 'none' ? byHand(request) : refuse(read.reason, read.message, []);
  }
  const { found } = read;
  if (!found.file.exists && !connection.mayCreate) {
    return refuse('not-found', `${name} has no configuration file yet: ${found.file.path} is not there.`, [
      `Start ${name} once and sign in, then connect it.`,
    ]);
  }
  if (found.file.readOnly) {
    return refuse('read-only', `${found.file.path} is read-only, so it was left alone.`, [
      'Something else may manage it. Make it writable, or change the address where it is made.',
    ]);
  }
  const chosen = chooseSlots(request, found.slots);
  if (!chosen.ok) return chosen;
  return edit(request, found, chosen);
}

interface Chosen {
  readonly ok: true;
  readonly slots: readonly { readonly slot: Slot; readonly to: DirectUrl }[];
  readonly left: readonly string[];
}

function chooseSlots(request: ConnectRequest, slots: readonly Slot[]): Chosen | ConnectRefusal {
  const { agent, providerId, providerIds, places } = request;
  const connection = agent.connection!;
  const origins = [...(request.origins ?? []), ...PROVIDER_ORIGINS];
  const left: string[] = [];
  const chosen = slots.flatMap((slot) => {
    if (!slot.inUse) return [];
    const variable = slot.current === undefined ? environment(request) : undefined;
    const url = slot.current ?? variable ?? slot.direct;
    if (url === undefined) return [];
    const to = readRelayUrl(url) ?? readDirectUrl(url, origins);
    if (to === undefined || !providerIds.includes(to.providerId)) {
      left.push(`${slot.label} stays as it is: Planward knows no provider at ${hostOf(url)}.`);
      return [];
    }
    // An address that nobody wrote down is no reason to keep a provider that was not asked for.
    const other = providerId !== undefined && to.providerId !== providerId;
    if (other && slot.current !== undefined) left.push(`${slot.label} stays as it is: it leads to ${to.providerId}.`);
    return other ? [] : [{ slot, to: { providerId: to.providerId, rest: to.rest } }];
  });
  if (chosen.length > 0) return { ok: true, slots: chosen, left };

  const direct = providerId === undefined ? undefined : connection.directUrls[providerId];
  const path = providerId === undefined ? undefined : connection.addSlot(providerId);
  if (direct !== undefined && path !== undefined) {
    const there = slots.find((slot) => slot.path.join('\0') === path.join('\0'));
    if (there?.current !== undefined) {
      const message = `${agent.name} is set to ${hostOf(there.current)}, not to ${providerId}.`;
      return refuse('unknown-address', message, [
        'Change the address in its own settings first, or leave --provider out to keep it.',
      ]);
    }
    const to = readDirectUrl(direct, origins)!;
    const slot = there ?? { path, label: path.join('.'), current: undefined, direct, inUse: true };
    return { ok: true, slots: [{ slot, to }], left };
  }
  if (left.length > 0) {
    return refuse('unknown-address', `${agent.name} uses no address that Planward can carry.`, [
      ...left,
      'A company gateway can be named in the setting planward.relay.upstreams.',
    ]);
  }
  if (providerId === undefined && Object.keys(connection.directUrls).length > 0 && places !== undefined) {
    const known = Object.keys(connection.directUrls).filter((id) => providerIds.includes(id));
    return {
      ...refuse('choose-provider', `${agent.name}’s file does not say which provider it uses.`, []),
      providers: known,
    };
  }
  return byHand(request);
}

function edit(request: ConnectRequest, found: AgentFile, chosen: Chosen): ConnectPlan | ConnectRefusal {
  const { agent, relayOrigin } = request;
  let { text } = found.file;
  const changes: Change[] = [];
  const splices: Splice[] = [];
  const wanted = chosen.slots.map(({ slot, to }) => ({
    path: slot.path,
    label: slot.label,
    providerId: to.providerId,
    value: relayUrl(relayOrigin, agent.id, to),
  }));
  const more = request.noProxy === true ? noProxyChange(agent, found.value, request.places.env) : undefined;
  for (const { path, label, providerId, value } of more === undefined ? wanted : [...wanted, more]) {
    const before = valueAt(found.value, path);
    if (before === value) continue;
    if (before !== undefined && typeof before !== 'string') return notEditable(request, found, 'it is no text');
    const edited = editConfig(text, found.format, path, value);
    if (!edited.ok) return notEditable(request, found, edited.message);
    const splice = spliceBetween(text, edited.text);
    if (splice !== undefined) splices.push(splice);
    const madeParents = before === undefined ? Math.max(0, path.length - 1 - depthOf(found.value, path)) : 0;
    changes.push({ path: [...path], label, providerId, before: before ?? null, after: value, madeParents });
    text = edited.text;
  }
  return { ok: true, agent, found, text, changes, splices, left: chosen.left };
}

function notEditable(request: ConnectRequest, { file }: AgentFile, why: string): ConnectRefusal {
  const message = `${file.path} was left alone: ${why}.`;
  return { ...byHand(request), reason: 'not-editable', message };
}

function byHand({ agent, relayOrigin, providerId, providerIds }: ConnectRequest): ConnectRefusal {
  const connection = agent.connection!;
  const known = Object.keys(connection.directUrls).filter((id) => providerIds.includes(id));
  const id = providerId ?? (known.length === 1 ? known[0] : undefined);
  const direct = id === undefined ? undefined : connection.directUrls[id];
  const to = direct === undefined ? undefined : readDirectUrl(direct, PROVIDER_ORIGINS);
  const url =
    to === undefined ? `${relayOrigin}/@${agent.id}/${id ?? '<provider>'}/…` : relayUrl(relayOrigin, agent.id, to);
  return {
    ...refuse('by-hand', `${agent.name} is connected by hand.`, connection.byHand(url)),
    ...(id === undefined && known.length > 1 ? { providers: known } : {}),
  };
}

/** An address given in the environment is the one in use where the file has none. */
function environment({ agent, places, providerId }: ConnectRequest): string | undefined {
  const name = agent.connection?.variable;
  const value = name === undefined || providerId !== undefined ? undefined : places.env[name];
  return value === '' ? undefined : value;
}

/** Host of a URL, without what may be secret in it. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an address that is no URL';
}

function refuse(reason: ConnectRefusal['reason'], message: string, hints: readonly string[]): ConnectRefusal {
  return { ok: false, reason, message, hints };
}
