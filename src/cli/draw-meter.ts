import type { Part } from '../core/attribution.ts';
import { bindingWindow, type QuotaWindow } from '../core/quota-window.ts';
import type { AccountView, Snapshot } from '../core/snapshot.ts';
import { drawScope } from './draw-scope.ts';

const BAR = 30;

/** A Snapshot as lines of at most 100 characters, for a terminal. Pure; a figure that is not known is a question mark. */
export function drawMeter(snapshot: Snapshot, now: number): readonly string[] {
  const lines: string[] = [];
  for (const account of snapshot.accounts) {
    const plan = account.planName ?? account.providerName;
    const name = account.label === undefined ? plan : `${account.label} (${plan})`;
    lines.push(`${name}${account.inFlight > 0 ? `   ${account.inFlight} in flight` : ''}`);
    for (const window of account.windows) lines.push(`  ${drawWindow(window, now)}`);
    if (account.windows.length === 0) lines.push('  no window is known yet');
    lines.push(...drawShares(snapshot, account), ...drawMonth(account), ...drawRerouted(account));
  }
  if (snapshot.accounts.length === 0) lines.push('No traffic yet.');
  lines.push('');
  for (const agent of snapshot.agents) {
    lines.push(
      `  ${agent.agentName.padEnd(20)} ${String(agent.requests).padStart(5)} requests, last ${span(now - agent.lastSeenAt)} ago`,
    );
  }
  const last = snapshot.recent[0];
  if (last !== undefined) {
    const tokens =
      last.usage === undefined ? '' : `, ${last.usage.inputTokens} tokens in, ${last.usage.outputTokens} out`;
    lines.push(
      `  last exchange: ${last.modelServed ?? last.modelRequested ?? 'unknown model'}, ${last.status ?? last.outcome}${tokens}`,
    );
  }
  lines.push(...drawScope(snapshot, now));
  for (const notice of snapshot.notices) lines.push(`  ${notice.text}`);
  return lines;
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  main: 'main turns',
  'sub-agent': 'sub-agents',
  scheduled: 'scheduled jobs',
  overhead: 'titles and summaries',
};

/** Who the tightest window's use belongs to, a line for each way to part it; what traffic did not tell alone is left out. */
function drawShares(snapshot: Snapshot, { windows }: AccountView): readonly string[] {
  const attribution = bindingWindow(windows)?.attribution;
  if (attribution === undefined) return [];
  const agents = new Map(snapshot.agents.map(({ agentId, agentName }) => [agentId, agentName]));
  const folders = new Map(snapshot.workspaces?.map(({ workspaceKey, name }) => [workspaceKey, name]));
  const sessions = new Map(snapshot.sessions?.map((session) => [session.sessionKey, session]));
  const sessionName = (id: string): string => {
    const session = sessions.get(id);
    return `${session === undefined ? 'session' : (agents.get(session.agentId) ?? session.agentId)} ${id.slice(0, 4)}`;
  };
  return [
    drawParts('agents', attribution.byAgent, (id) => agents.get(id) ?? id),
    drawParts('kinds', attribution.byKind, (id) => KIND_WORDS[id] ?? id),
    drawParts('folders', attribution.byWorkspace ?? [], (id) => folders.get(id) ?? `folder ${id.slice(0, 4)}`),
    drawParts('sessions', attribution.bySession ?? [], sessionName),
  ].flatMap((line) => (line === undefined ? [] : [line]));
}

function drawParts(what: string, parts: readonly Part[], name: (id: string) => string): string | undefined {
  if (parts.every(({ id }) => id === 'unknown')) return undefined;
  const said = parts.slice(0, 4).map(({ id, fraction }) => {
    const word = id === 'unknown' || id === 'other' ? id : name(id).slice(0, 24);
    return `${word} ${(fraction * 100).toFixed(0)}%`;
  });
  return `  ${what.padEnd(10)} ${said.join(' · ')}`.slice(0, 100);
}

/** What the month's tokens would cost at API prices; nothing where no price is known. */
function drawMonth({ month }: AccountView): readonly string[] {
  if (month?.cost.usdMicros === undefined) return [];
  const dollars = (month.cost.usdMicros / 1_000_000).toFixed(2);
  return [`  this month ${month.cost.complete ? '' : 'at least '}$${dollars} at API prices`];
}

function drawRerouted({ rerouted = [] }: AccountView): readonly string[] {
  return rerouted
    .slice(0, 2)
    .map(({ requested, served, count }) => `  in 24 h ${count} × ${requested} was served by ${served}`.slice(0, 100));
}

function drawWindow(window: QuotaWindow, now: number): string {
  const fraction = window.usedFraction;
  const filled = Math.round(Math.min(1, Math.max(0, fraction ?? 0)) * BAR);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled);
  const percent = fraction === undefined ? '  ?' : `${(fraction * 100).toFixed(fraction < 0.1 ? 1 : 0)}%`;
  const figures =
    window.used === undefined ? '' : `  ${Math.round(window.used)} / ${window.limit ?? '?'} ${window.unit}`;
  const reset = window.resetsAt === undefined ? '' : `  resets in ${span(window.resetsAt - now)}`;
  return `${window.id.padEnd(10)} ${bar} ${percent.padStart(5)}${figures}${reset}`;
}

function span(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return `${Math.max(0, Math.round(ms / 1000))} s`;
  if (minutes < 60) return `${minutes} m`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} m` : `${Math.round(hours / 24)} d`;
}
