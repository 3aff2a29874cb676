import * as z from 'zod';
import { fetchSnapshot } from '../client/call-relay.ts';
import { findRelay } from '../client/find-relay.ts';
import type { QuotaWindow } from '../core/quota-window.ts';
import type { AccountView, Snapshot } from '../core/snapshot.ts';
import type { ReadOnlyTool } from './tool.ts';

/** How much of the plans is used, as the running relay knows it. */
export const planStatusTool: ReadOnlyTool = {
  name: 'plan_status',
  title: 'Plan status',
  says: 'How much of each coding plan is used, when it resets, and whether it will last.',
  description:
    'Reads how much of the user’s coding plans is used now: each window with its ' +
    'used share, reset time and forecast, requests that are queued or stopped, and the newest rate-limit incident. Ask it before ' +
    'starting a long job, and when requests fail with rate-limit errors. It sends nothing anywhere and changes nothing. A figure that ' +
    'is not known is said to be unknown; it is not 0.',
  input: z.object({}),
  async answer(_input, { home, now }) {
    const found = await findRelay(home);
    if (!found.ok)
      return `Plan figures are not known: ${found.message} Start VS Code with Planward, or run "planward relay".`;
    const called = await fetchSnapshot(found.endpoint);
    return called.ok ? statusText(called.value, now()) : `Plan figures are not known: ${called.message}`;
  },
};

/** Lines for a model: names, shares, instants as ISO with the age of what is said. Pure. */
export function statusText(snapshot: Snapshot, now: number): string {
  const lines = snapshot.accounts.flatMap((account) => accountLines(account, now));
  if (lines.length === 0) lines.push('No plan was seen yet: no agent has sent anything through the relay.');
  for (const { providerId, waiting, inFlight, slots, model } of snapshot.paced) {
    lines.push(`Queue of ${providerId} ${model}: ${inFlight} of ${slots} slots in use, ${waiting} waiting.`);
  }
  for (const { providerId, code } of snapshot.stopped) {
    lines.push(`All requests of one key of ${providerId} are kept back since the provider answered ${code}.`);
  }
  const incident = snapshot.incidents[0];
  if (incident !== undefined) {
    lines.push(`Newest incident, ${span(now - incident.lastAt)} ago: ${incident.explanation.headline.en}`);
  }
  return lines.join('\n');
}

function accountLines(account: AccountView, now: number): readonly string[] {
  const { planName, providerName, windows, peak } = account;
  const lines = [`${planName ?? providerName} (${account.providerId})${peak?.now === true ? ', peak hours now' : ''}:`];
  if (windows.length === 0) lines.push('  usage not known yet');
  return [...lines, ...windows.map((window) => `  ${windowLine(window, now)}`)];
}

function windowLine({ id, usedFraction, resetsAt, level, forecast }: QuotaWindow, now: number): string {
  const used = usedFraction === undefined ? 'used share not known' : `${Math.round(usedFraction * 100)}% used`;
  const reset =
    resetsAt === undefined ? '' : `, resets ${new Date(resetsAt).toISOString()} (in ${span(resetsAt - now)})`;
  const ends = forecast?.exhaustsAt;
  const end =
    ends === undefined ? '' : `, at this pace used up ${new Date(ends).toISOString()} (in ${span(ends - now)})`;
  return `${id}: ${used}${reset}${end}${level === 'ok' || level === 'unknown' ? '' : `, level: ${level}`}`;
}

function span(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.round(hours / 24)} days`;
}
