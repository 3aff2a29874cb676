import type { PlanAlert } from '../../core/plan-alert.ts';
import type { CommandId } from '../registry/commands.ts';
import { formatPercent } from './figures.ts';
import { sayOutlook } from './forecast-words.ts';
import { namePlan } from './name-plan.ts';
import { speakWindow } from './quota-words.ts';
import { sayReset } from './usage-words.ts';
import type { Voice } from './voice.ts';

export interface PlanAlertView {
  readonly severity: 'information' | 'warning';
  readonly text: string;
  readonly buttons: readonly {
    readonly title: string;
    readonly command: CommandId | undefined;
    readonly argument: string | undefined;
  }[];
}

/** One sentence with the figures, and the ways on. `paced`: the provider is slowed down already. */
export function presentPlanAlert(voice: Voice, alert: PlanAlert, paced: boolean, now: number): PlanAlertView {
  const { t } = voice;
  const { providerId } = alert.account;
  const button = (title: string, command?: CommandId, argument?: string) => ({ title, command, argument });
  const snooze = button(t('Snooze…'), 'planward.snoozeAlerts');
  const show = button(t('Show'), 'planward.showPlanUsage');
  if (alert.kind === 'reset')
    return { severity: 'information', text: sayAlert(voice, alert, now), buttons: [show, snooze] };
  const spent = alert.window.level === 'exhausted';
  return {
    severity: 'warning',
    text: sayAlert(voice, alert, now),
    buttons: [
      show,
      ...(spent || paced ? [] : [button(t('Slow down'), 'planward.slowDown', providerId)]),
      snooze,
      button(t('Not now')),
    ],
  };
}

function sayAlert(voice: Voice, { kind, account, window }: PlanAlert, now: number): string {
  const { t } = voice;
  const plan = namePlan(account);
  const name = speakWindow(voice, window);
  const outlook = sayOutlook(voice, window, now);
  switch (kind) {
    case 'threshold': {
      const used =
        window.level === 'exhausted'
          ? t('{0}: the {1} is used up', plan, name)
          : t('{0}: {1} of the {2} used', plan, formatPercent(window.usedFraction ?? 0), name);
      const reset = sayReset(voice, window, now);
      const first = t('{0}.', [used, ...(reset === undefined ? [] : [reset])].join(t(', ')));
      const ends = window.forecast?.outlook === 'runs-out' && outlook !== undefined;
      return ends ? [first, t('{0}.', outlook)].join(' ') : first;
    }
    case 'predictive':
      return t('{0}. {1}.', plan, outlook ?? t('At this pace the {0} ends before its reset', name));
    case 'reset':
      return t('{0}: the {1} has reset.', plan, name);
    default:
      kind satisfies never;
      return plan;
  }
}
