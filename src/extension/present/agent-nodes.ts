import type { RelayConnection } from '../../client/watch-relay.ts';
import type { AgentState } from '../../connect/inspect-agent.ts';
import type { SeenWay } from '../../core/seen-turn.ts';
import type { AgentView, Snapshot, StoppedKey } from '../../core/snapshot.ts';
import { nameProvider } from './exchange-words.ts';
import { formatCount } from './figures.ts';
import { inVoice } from './in-voice.ts';
import { formatInstant } from './instant.ts';
import { escapeMarkdown, plainText } from './plain-text.ts';
import { formatAge, formatAgeTight } from './span.ts';
import type { NodeColor, TreeNode } from './tree-node.ts';
import type { Voice } from './voice.ts';

/**
 * - `observing`: it sends through the relay.
 * - `paused`: its requests are held on the user's word.
 * - `waiting`: it is pointed at the relay and has sent nothing yet.
 * - `lost`: it is pointed at a relay that does not answer here.
 * - `direct`: it was found on this machine and goes to its provider by itself.
 * - `unreadable`: its settings file could not be read.
 */
type Standing = 'observing' | 'paused' | 'waiting' | 'lost' | 'direct' | 'unreadable';

interface Row {
  readonly agentId: string;
  readonly name: string;
  readonly providerId: string | undefined;
  readonly standing: Standing;
  /** Its settings file points at the relay. */
  readonly routed: boolean;
  readonly seen: AgentView | undefined;
  readonly state: AgentState | undefined;
}

/**
 * The *Agents* tree: stopped keys first, then who goes where, by name. Empty where nothing was seen and nothing found.
 * `states` is what was found on this machine.
 */
export function presentAgents(
  voice: Voice,
  connection: RelayConnection,
  states: readonly AgentState[],
  now: number,
): TreeNode[] {
  const live = connection.state === 'live' || connection.state === 'starting';
  const snapshot = live ? connection.snapshot : undefined;
  const port = live ? connection.endpoint?.port : undefined;
  const rows = [...seenRows(snapshot, states), ...foundRows(snapshot, states, port)];
  return [
    ...(snapshot?.stopped ?? []).map((stop) => presentStop(voice, snapshot, stop, now)),
    ...rows
      .toSorted((a, b) => a.name.localeCompare(b.name) || (a.providerId ?? '').localeCompare(b.providerId ?? ''))
      .map((row) => presentRow(voice, snapshot, row, now)),
  ];
}

/** A request in flight has no agent before its first bytes are read; a row for that moment would only flicker. */
function seenRows(snapshot: Snapshot | undefined, states: readonly AgentState[]): Row[] {
  return (snapshot?.agents ?? [])
    .filter((agent) => agent.agentId !== 'unknown' || agent.requests > 0)
    .map((agent) => {
      const state = states.find(({ agentId }) => agentId === agent.agentId);
      return {
        agentId: agent.agentId,
        name: agent.agentName,
        providerId: agent.providerId,
        standing: agent.paused ? 'paused' : 'observing',
        routed: state?.state === 'connected',
        seen: agent,
        state,
      };
    });
}

function foundRows(snapshot: Snapshot | undefined, states: readonly AgentState[], port: number | undefined): Row[] {
  const isSeen = (agentId: string, providerId?: string) =>
    (snapshot?.agents ?? []).some(
      (agent) => agent.agentId === agentId && (providerId === undefined || agent.providerId === providerId),
    );
  return states.flatMap((state): Row[] => {
    const { agentId, name } = state;
    const row = { agentId, name, seen: undefined, state };
    switch (state.state) {
      case 'connected':
        return state.addresses
          .filter(({ leads, providerId }) => leads === 'relay' && !isSeen(agentId, providerId))
          .filter((each, i, all) => all.findIndex(({ providerId }) => providerId === each.providerId) === i)
          .map((address) => ({
            ...row,
            providerId: address.providerId,
            standing: port === address.port ? 'waiting' : 'lost',
            routed: true,
          }));
      case 'direct':
        return isSeen(agentId)
          ? []
          : [{ ...row, providerId: directProvider(state), standing: 'direct', routed: false }];
      case 'unreadable':
        return isSeen(agentId) ? [] : [{ ...row, providerId: undefined, standing: 'unreadable', routed: false }];
      case 'by-hand':
      case 'absent':
        return [];
      default:
        state.state satisfies never;
        return [];
    }
  });
}

function directProvider({ addresses }: AgentState): string | undefined {
  return addresses.find(({ leads }) => leads === 'direct')?.providerId;
}

function presentRow(voice: Voice, snapshot: Snapshot | undefined, row: Row, now: number): TreeNode {
  const { t } = voice;
  const name = row.agentId === 'unknown' ? t('Unrecognised agent') : plainText(row.name, 40);
  const provider = row.providerId === undefined ? undefined : nameProvider(snapshot, row.providerId);
  const state = sayStanding(voice, row, now, 'tight');
  const path =
    provider === undefined
      ? undefined
      : row.standing === 'direct' || !isRelayed(row)
        ? `${name} → ${provider}`
        : t('{0} → relay → {1}', name, provider);
  const requests = row.seen === undefined ? undefined : sayRequests(voice, row.seen);
  const spoken = [path ?? name, sayStanding(voice, row, now, 'full'), requests, sayWays(voice, row.seen, now)].filter(
    (part) => part !== undefined,
  );
  const ways = sayWays(voice, row.seen, now);
  const more = [
    row.state?.message === undefined ? undefined : inVoice(voice, row.state.message),
    ...(row.state?.overrides ?? []).map(({ where }) => t('{0} wins over its own file', where)),
  ];
  return {
    id: `agent/${row.agentId}/${row.providerId ?? ''}`,
    label: name,
    description: [...(provider === undefined ? [] : [`→ ${provider}`]), state].join(' · '),
    tooltip: [
      `**${escapeMarkdown(path ?? name)}**`,
      ...spoken.slice(1, ways === undefined ? undefined : -1).map((part) => escapeMarkdown(part, 200)),
      ...(ways === undefined ? [] : [escapeMarkdown(ways, 240)]),
      ...(row.state?.file === undefined ? [] : [escapeMarkdown(row.state.file, 200)]),
      ...more.flatMap((line) => (line === undefined ? [] : [`$(warning) ${escapeMarkdown(line, 300)}`])),
    ].join('\n\n'),
    icon: iconOf(row),
    spoken: spoken.join(', '),
    context: `agent.${row.agentId === 'unknown' ? 'unknown' : row.standing}${row.routed ? '-routed' : ''}`,
    subject: row.agentId,
    ...(row.standing === 'direct' ? { run: 'planward.connectAgent' as const } : {}),
  };
}

/** False where it was seen since the relay started, and none of that went through the relay. */
function isRelayed({ seen }: Row): boolean {
  return seen?.ways === undefined || seen.ways.some(({ way }) => way === 'relay');
}

/** `Seen by the relay just now, by its own files 2 min ago`; undefined where the relay does not tell. */
function sayWays(voice: Voice, seen: AgentView | undefined, now: number): string | undefined {
  if (seen?.ways === undefined || seen.ways.length === 0) return undefined;
  const said = seen.ways.map(({ way, lastAt }) => `${nameWay(voice, way)} ${formatAge(voice, now - lastAt)}`);
  return voice.t('Seen by {0}', said.join(', '));
}

function nameWay({ t }: Voice, way: SeenWay): string {
  switch (way) {
    case 'relay':
      return t('the relay');
    case 'hook':
      return t('its own hook');
    case 'statusline':
      return t('its status line');
    case 'transcript':
      return t('its own files');
  }
  return way satisfies never;
}

function sayRequests(voice: Voice, agent: AgentView): string {
  return agent.requests === 1 ? voice.t('1 request') : voice.t('{0} requests', formatCount(voice, agent.requests));
}

function sayStanding(voice: Voice, { standing, seen }: Row, now: number, room: 'tight' | 'full'): string {
  const { t } = voice;
  switch (standing) {
    case 'observing': {
      if (seen === undefined) return t('observing');
      // What waits for the user's word or a guard's end is under way for its agent only.
      if (seen.held > 0) return t('{0} held', seen.held);
      if (seen.inFlight > 0) return t('{0} in flight', seen.inFlight);
      const ms = now - seen.lastSeenAt;
      return t('observing, {0}', room === 'tight' ? formatAgeTight(voice, ms) : formatAge(voice, ms));
    }
    case 'paused':
      return seen === undefined || seen.held === 0 ? t('paused') : t('paused, {0} held', seen.held);
    case 'waiting':
      return room === 'tight' ? t('waiting') : t('waiting for its first request');
    case 'lost':
      return room === 'tight' ? t('relay not reached') : t('pointed at a relay that does not answer here');
    case 'direct':
      return room === 'tight' ? t('direct') : t('direct, not connected');
    case 'unreadable':
      return t('its settings file cannot be read');
    default:
      standing satisfies never;
      return '';
  }
}

function iconOf({ standing, seen }: Row): { id: string; color: NodeColor } {
  switch (standing) {
    case 'observing':
      if (seen !== undefined && seen.held > 0) return { id: 'debug-pause', color: 'charts.yellow' };
      return seen !== undefined && seen.inFlight > 0
        ? { id: 'sync', color: 'charts.blue' }
        : { id: 'circle-filled', color: 'charts.green' };
    case 'paused':
      return { id: 'debug-pause', color: 'charts.yellow' };
    case 'waiting':
      return { id: 'clock', color: 'charts.blue' };
    case 'lost':
      return { id: 'debug-disconnect', color: 'list.errorForeground' };
    case 'direct':
      return { id: 'circle-large-outline', color: 'disabledForeground' };
    case 'unreadable':
      return { id: 'warning', color: 'list.warningForeground' };
    default:
      standing satisfies never;
      return { id: 'question', color: 'disabledForeground' };
  }
}

function presentStop(voice: Voice, snapshot: Snapshot | undefined, stop: StoppedKey, now: number): TreeNode {
  const { t } = voice;
  const label = t('All traffic to {0} is stopped', nameProvider(snapshot, stop.providerId));
  const description = t('{0}, since {1}', plainText(stop.code, 24), formatInstant(voice, stop.since, now));
  return {
    id: `stop/${stop.providerId}/${stop.accountKey}`,
    label,
    description,
    tooltip: escapeMarkdown(
      t(
        'The provider acted on its terms of use. More requests can make that last longer, so none are sent until you lift it.',
      ),
      300,
    ),
    icon: { id: 'error', color: 'list.errorForeground' },
    spoken: `${label}, ${description}`,
    context: 'stop',
    subject: `${stop.providerId}/${stop.accountKey}`,
    run: 'planward.liftStop',
  };
}
