import { bindingWindow } from '../../core/quota-window.ts';
import type { QuotaWindow } from '../../core/quota-window.ts';
import type { AccountView } from '../../core/snapshot.ts';
import { formatPercent, speakPercent } from './figures.ts';
import { forecastOf, markPace, pacePoints, sayPace } from './forecast-words.ts';
import { formatInstant } from './instant.ts';
import type { MeterTaste, MeterView } from './meter-view.ts';
import { namePlan } from './name-plan.ts';
import { plainText } from './plain-text.ts';
import { nameWindowTight, speakWindow, standingOf } from './quota-words.ts';
import { formatAge, formatSpanTight, speakSpan } from './span.ts';
import { sayBalance } from './usage-words.ts';
import type { Voice } from './voice.ts';

/** The meter of one account, as the table of `presentMeter` says. */
export function presentAccount(voice: Voice, account: AccountView, taste: MeterTaste, now: number): MeterView {
  const { t } = voice;
  const command = 'planward.showPlanUsage';
  const short = plainText(account.shortName, 20);
  const plan = namePlan(account);
  const window = bindingWindow(account.windows);
  if (window === undefined || window.usedFraction === undefined) {
    const balance = account.windows.map((each) => sayBalance(voice, each)).find((left) => left !== undefined);
    if (balance !== undefined) {
      return { text: `$(pulse) ${short} ${balance}`, tone: 'normal', label: t('{0}: {1}.', plan, balance), command };
    }
    const label = t('{0}: how much is used is not known.', plan);
    return { text: `$(question) ${t('{0} usage unknown', short)}`, tone: 'dimmed', label, command };
  }
  const standing = standingOf(window, now);
  if (standing === 'expired') {
    const label = t(
      '{0}: the {1} has reset since the last reading; its use is not known yet.',
      plan,
      speakWindow(voice, window),
    );
    return { text: `$(refresh) ${t('{0} reset', short)}`, tone: 'dimmed', label, command };
  }
  const label = speakUse(voice, plan, window, window.usedFraction, taste, now);
  if (window.level === 'exhausted') return presentSpent(voice, short, window, label, now);
  if (standing === 'stale') {
    const age = formatAge(voice, now - (window.seenAt ?? now));
    return {
      text: `$(clock) ${short} ${usePercent(voice, window.usedFraction, taste)} (${age})`,
      tone: 'dimmed',
      label: t('{0} This was read {1}.', label, age),
      command,
    };
  }
  const forecast = forecastOf(window, now);
  const hasty = forecast !== undefined && taste.paceWarning > 0 && pacePoints(forecast) >= taste.paceWarning;
  const icon = window.level === 'low' ? '$(warning)' : '$(pulse)';
  return {
    text: `${icon} ${short} ${figures(voice, account, window, taste, now)}`,
    tone: window.level === 'low' || hasty ? 'warning' : 'normal',
    label,
    command,
  };
}

function presentSpent(voice: Voice, short: string, window: QuotaWindow, label: string, now: number): MeterView {
  const { t } = voice;
  const text =
    window.resetsAt === undefined
      ? t('{0} used up', short)
      : t('{0} resets {1}', short, formatInstant(voice, window.resetsAt, now));
  return { text: `$(flame) ${text}`, tone: 'error', label, command: 'planward.showPlanUsage' };
}

function figures(voice: Voice, account: AccountView, binding: QuotaWindow, taste: MeterTaste, now: number): string {
  const pace = markPace(forecastOf(binding, now));
  const use = usePercent(voice, binding.usedFraction ?? 0, taste);
  const percent = pace === undefined ? use : `${use} ${pace}`;
  switch (taste.format) {
    case 'percent':
      return percent;
    case 'percentAndReset':
      return binding.resetsAt === undefined
        ? percent
        : `${percent} · ${formatSpanTight(voice, binding.resetsAt - now)}`;
    case 'allWindows': {
      const known = account.windows.filter((window) => ['fresh', 'stale'].includes(standingOf(window, now)));
      const left = taste.showRemaining ? ` ${voice.t('left')}` : '';
      return (
        known
          .slice(0, 3)
          .map((window) => `${nameWindowTight(voice, window)} ${formatPercent(shown(window.usedFraction ?? 0, taste))}`)
          .join(' · ') + left
      );
    }
    default:
      taste.format satisfies never;
      return percent;
  }
}

function shown(fraction: number, taste: MeterTaste): number {
  return taste.showRemaining ? Math.max(0, 1 - fraction) : fraction;
}

function usePercent({ t }: Voice, fraction: number, taste: MeterTaste): string {
  const percent = formatPercent(shown(fraction, taste));
  return taste.showRemaining ? t('{0} left', percent) : percent;
}

function speakUse(
  voice: Voice,
  plan: string,
  window: QuotaWindow,
  fraction: number,
  taste: MeterTaste,
  now: number,
): string {
  const { t } = voice;
  const percent = speakPercent(voice, shown(fraction, taste));
  const name = speakWindow(voice, window);
  const use = taste.showRemaining
    ? t('{0}: {1} of the {2} left', plan, percent, name)
    : t('{0}: {1} of the {2} used', plan, percent, name);
  const forecast = forecastOf(window, now);
  const parts = [
    use,
    ...(window.resetsAt === undefined ? [] : [t('resets in {0}', speakSpan(voice, window.resetsAt - now))]),
    ...(forecast === undefined || pacePoints(forecast) === 0 ? [] : [sayPace(voice, forecast)]),
  ];
  return t('{0}.', parts.join(t(', ')));
}
