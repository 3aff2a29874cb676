import { bindingWindow } from '../../core/quota-window.ts';
import type { QuotaWindow } from '../../core/quota-window.ts';
import type { AccountView } from '../../core/snapshot.ts';
import { drawDots, formatPercent } from './figures.ts';
import { forecastOf, markPace, pacePoints } from './forecast-words.ts';
import type { MeterTaste } from './meter-view.ts';
import { nameWindowTight, standingOf } from './quota-words.ts';
import { sayShown, shownFraction } from './shown-use.ts';
import { formatSpanTight } from './span.ts';
import type { Voice } from './voice.ts';

const MOST_WINDOWS = 3;
const DOTS = 5;

/**
 * The figures of a fresh window in the status bar, without icon and name:
 *
 * | format | shows |
 * | --- | --- |
 * | percentAndReset | `62% ▲11 · 1h 28m` |
 * | percent | `62% ▲11` |
 * | allWindows | `5h 62% · wk 23%`, the tightest first |
 * | bars | `5h ●●●○○ · wk ●○○○○`, the tightest first |
 * | countdown | `resets in 1h 28m`, or `ends in 44m` where it runs out before; percent where neither is known |
 * | pace | `▲11`, `▼8` or `even`; percent where it is not known |
 * | minimal | `62%`, and no name before it |
 *
 * Pinned windows follow, where the format does not show every window anyway.
 */
export function presentFigures(
  voice: Voice,
  account: AccountView,
  binding: QuotaWindow,
  taste: MeterTaste,
  now: number,
): string {
  const { t } = voice;
  const forecast = forecastOf(binding, now);
  const use = sayShown(voice, binding.usedFraction ?? 0, taste);
  const pace = markPace(forecast);
  const percent = pace === undefined ? use : `${use} ${pace}`;
  const pinned = pinnedWindows(account, binding, taste, now).map((window) => sayWindow(voice, window, taste));
  const withPinned = (figures: string) => [figures, ...pinned].join(' · ');
  switch (taste.format) {
    case 'percent':
      return withPinned(percent);
    case 'percentAndReset':
      return withPinned(
        binding.resetsAt === undefined ? percent : `${percent} · ${formatSpanTight(voice, binding.resetsAt - now)}`,
      );
    case 'allWindows': {
      const left = taste.showRemaining ? ` ${t('left')}` : '';
      const each = knownWindows(account, binding, now).map(
        (window) =>
          `${nameWindowTight(voice, window)} ${formatPercent(shownFraction(window.usedFraction ?? 0, taste))}`,
      );
      return each.join(' · ') + left;
    }
    case 'bars':
      return knownWindows(account, binding, now)
        .map(
          (window) =>
            `${nameWindowTight(voice, window)} ${drawDots(shownFraction(window.usedFraction ?? 0, taste), DOTS)}`,
        )
        .join(' · ');
    case 'countdown': {
      const endsAt = forecast?.outlook === 'runs-out' ? forecast.exhaustsAt : undefined;
      if (endsAt !== undefined) return withPinned(t('ends in {0}', formatSpanTight(voice, endsAt - now)));
      if (binding.resetsAt === undefined) return withPinned(percent);
      return withPinned(t('resets in {0}', formatSpanTight(voice, binding.resetsAt - now)));
    }
    case 'pace': {
      if (forecast === undefined) return withPinned(use);
      const points = pacePoints(forecast);
      return withPinned(pace ?? (points < 0 ? `▼${-points}` : t('even')));
    }
    case 'minimal':
      return withPinned(use);
    default:
      taste.format satisfies never;
      return percent;
  }
}

/** Windows with a figure that stands, the binding one first, three at most. */
function knownWindows(account: AccountView, binding: QuotaWindow, now: number): readonly QuotaWindow[] {
  const others = account.windows.filter((window) => window !== binding && isKnown(window, now));
  return [binding, ...others].slice(0, MOST_WINDOWS);
}

/** Pinned windows of the account besides the binding one, in the order they are pinned. */
export function pinnedWindows(
  account: AccountView,
  binding: QuotaWindow | undefined,
  { pinned = [] }: MeterTaste,
  now: number,
): readonly QuotaWindow[] {
  const windows = pinned.flatMap((pin) =>
    account.windows.filter(
      (window) =>
        window !== binding &&
        isKnown(window, now) &&
        (pin === window.id || pin === `${account.providerId}/${window.id}`),
    ),
  );
  return [...new Set(windows)].slice(0, MOST_WINDOWS - 1);
}

function isKnown(window: QuotaWindow, now: number): boolean {
  return ['fresh', 'stale'].includes(standingOf(window, now));
}

function sayWindow(voice: Voice, window: QuotaWindow, taste: MeterTaste): string {
  return `${nameWindowTight(voice, window)} ${sayShown(voice, window.usedFraction ?? 0, taste)}`;
}

/** Whether the meter is about to be tight: the tightest window's level or its pace asks for a look. */
export function isTight(account: AccountView, taste: MeterTaste, now: number): boolean {
  const window = bindingWindow(account.windows);
  if (window === undefined) return false;
  const forecast = forecastOf(window, now);
  const hasty = forecast !== undefined && taste.paceWarning > 0 && pacePoints(forecast) >= taste.paceWarning;
  return window.level === 'low' || hasty;
}
