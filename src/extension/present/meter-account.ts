import { bindingWindow } from '../../core/quota-window.ts';
import type { QuotaWindow } from '../../core/quota-window.ts';
import type { AccountView } from '../../core/snapshot.ts';
import { speakPercent } from './figures.ts';
import { forecastOf, pacePoints, sayPace } from './forecast-words.ts';
import { formatInstant } from './instant.ts';
import { isTight, pinnedWindows, presentFigures } from './meter-figures.ts';
import type { MeterTaste, MeterView } from './meter-view.ts';
import { namePlan } from './name-plan.ts';
import { plainText } from './plain-text.ts';
import { speakWindow, standingOf } from './quota-words.ts';
import { sayShown, shownFraction } from './shown-use.ts';
import { formatAge, formatSpanTight, speakSpan } from './span.ts';
import { sayBalance, sayPeak } from './usage-words.ts';
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
  const label = [
    speakUse(voice, plan, window, window.usedFraction, taste, now),
    ...speakMore(voice, account, window, taste, now),
  ].join(' ');
  if (window.level === 'exhausted') return presentSpent(voice, short, window, taste, label, now);
  if (standing === 'stale') {
    const age = formatAge(voice, now - (window.seenAt ?? now));
    return {
      text: `$(clock) ${short} ${sayShown(voice, window.usedFraction, taste)} (${age})`,
      tone: 'dimmed',
      label: t('{0} This was read {1}.', label, age),
      command,
    };
  }
  const icon = window.level === 'low' ? '$(warning)' : '$(pulse)';
  const name = taste.format === 'minimal' ? [] : [short];
  const peak = taste.showPeak === true && account.peak?.now === true ? ['·', t('peak')] : [];
  const flying = taste.showInFlight === true && account.inFlight > 0 ? [`$(arrow-swap) ${account.inFlight}`] : [];
  return {
    text: [icon, ...name, presentFigures(voice, account, window, taste, now), ...peak, ...flying].join(' '),
    tone: isTight(account, taste, now) ? 'warning' : 'normal',
    label,
    command,
  };
}

/** What the text shows besides the tightest window, each as a sentence. */
function speakMore(
  voice: Voice,
  account: AccountView,
  binding: QuotaWindow,
  taste: MeterTaste,
  now: number,
): readonly string[] {
  const { t } = voice;
  const peak = taste.showPeak === true && account.peak?.now === true ? sayPeak(voice, account.peak, now) : undefined;
  const others = pinnedWindows(account, binding, taste, now).map((window) => {
    const percent = speakPercent(voice, shownFraction(window.usedFraction ?? 0, taste));
    const name = speakWindow(voice, window);
    return taste.showRemaining ? t('{0} of the {1} left', percent, name) : t('{0} of the {1} used', percent, name);
  });
  const flying = taste.showInFlight === true && account.inFlight > 0 ? [t('{0} in flight', account.inFlight)] : [];
  return [...others, ...(peak === undefined ? [] : [peak]), ...flying].map((part) => t('{0}.', part));
}

/** Once a window is spent its percent says nothing any more: the reset takes its place. */
function presentSpent(
  voice: Voice,
  short: string,
  { resetsAt }: QuotaWindow,
  { format }: MeterTaste,
  label: string,
  now: number,
): MeterView {
  const { t } = voice;
  const view = (text: string): MeterView => ({
    text: `$(flame) ${text}`,
    tone: 'error',
    label,
    command: 'planward.showPlanUsage',
  });
  if (resetsAt === undefined) return view(t('{0} used up', short));
  if (format === 'minimal') return view(formatSpanTight(voice, resetsAt - now));
  if (format === 'countdown') return view(t('{0} resets in {1}', short, formatSpanTight(voice, resetsAt - now)));
  return view(t('{0} resets {1}', short, formatInstant(voice, resetsAt, now)));
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
  const percent = speakPercent(voice, shownFraction(fraction, taste));
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
