import type { BudgetLine } from '../../core/guard.ts';
import type { QuotaWindow } from '../../core/quota-window.ts';
import type { Notice } from '../../core/snapshot.ts';
import { instantText, percent, windowName } from '../../explain/wording.ts';
import type { GuardDecision } from './guards.ts';

const timeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
const clock = (at: number, now: number): string => instantText(at, { now, timeZone: timeZone() }).en;

/** What the agent shows in place of an answer. */
export function guardText(stop: Exclude<GuardDecision, { kind: 'go' }>, provider: string, now: number): string {
  const why =
    stop.stop === 'peak'
      ? `your plan is in its peak hours until ${clock(stop.untilAt, now)}, and your guard lets nothing through in them`
      : `${usedOf(stop.window)} is used, and your guard for it is ${lineOf(stop.line, stop.window)}`;
  const until =
    stop.stop === 'peak'
      ? ''
      : stop.untilAt === undefined
        ? ' When it resets is not known.'
        : ` It resets at ${clock(stop.untilAt, now)}.`;
  return (
    `Planward stopped this request before it reached ${provider}: ${why}. Nothing was sent and nothing was counted.${until} ` +
    'To go on now: change or take away the guard in Planward’s settings ("guards"), or use another provider.'
  );
}

/** One sentence for people when a soft line is passed, or a hard one begins to hold requests. */
export function guardNotice(
  kind: 'soft' | 'hard',
  of: { readonly window: QuotaWindow; readonly line: BudgetLine },
  provider: { readonly id: string; readonly name: string },
  now: number,
): Notice {
  const { window, line } = of;
  const reset = window.resetsAt === undefined ? '' : `, which resets at ${clock(window.resetsAt, now)}`;
  const then =
    kind === 'soft'
      ? 'Requests go on.'
      : 'Requests wait for the reset, or are answered by Planward where that is too far off.';
  return {
    code: `budget-${kind}-${provider.id}-${window.id}`,
    severity: kind === 'soft' ? 'info' : 'warning',
    text: `${provider.name}: ${usedOf(window)} is used${reset}; your ${kind === 'soft' ? 'soft budget' : 'guard'} for it is ${lineOf(line, window)}. ${then}`,
    at: now,
  };
}

function usedOf(window: QuotaWindow): string {
  const { used, usedFraction, unit } = window;
  const name = `the ${windowName(window).en}`;
  if (usedFraction !== undefined) return `${percent(usedFraction)} of ${name}`;
  return used === undefined ? name : `${Math.round(used).toLocaleString('en-US')} ${unit} of ${name}`;
}

function lineOf({ percent: share, units }: BudgetLine, { unit }: QuotaWindow): string {
  const parts = [
    ...(share === undefined ? [] : [`${share}%`]),
    ...(units === undefined ? [] : [`${units.toLocaleString('en-US')} ${unit}`]),
  ];
  return parts.join(' or ');
}
