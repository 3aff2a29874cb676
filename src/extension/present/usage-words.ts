import type { QuotaWindow } from '../../core/quota-window.ts';
import type { AccountView, PollState } from '../../core/snapshot.ts';
import { drawBar, formatAmount } from './figures.ts';
import { formatInstant } from './instant.ts';
import { plainText } from './plain-text.ts';
import { standingOf } from './quota-words.ts';
import { sayShown, shownFraction } from './shown-use.ts';
import { formatAge, formatSpan } from './span.ts';
import type { Voice } from './voice.ts';

/** `resets 14:05 (in 1 h 28 m)`; undefined where the reset is not known. */
export function sayReset(voice: Voice, window: QuotaWindow, now: number): string | undefined {
  if (window.resetsAt === undefined) return undefined;
  const at = formatInstant(voice, window.resetsAt, now);
  return window.resetsAt <= now
    ? voice.t('has reset at {0}', at)
    : voice.t('resets {0} (in {1})', at, formatSpan(voice, window.resetsAt - now));
}

/** `resets 14:05`, `has reset at 12:00`: where there is little room. */
export function sayResetShort(voice: Voice, resetsAt: number, now: number): string {
  const at = formatInstant(voice, resetsAt, now);
  return resetsAt <= now ? voice.t('has reset at {0}', at) : voice.t('resets {0}', at);
}

/** `$3.20 left` of a balance, whose limit nobody says; undefined where that is not known either. */
export function sayBalance(voice: Voice, window: QuotaWindow): string | undefined {
  const left = formatAmount(voice, { unit: window.unit, used: window.remaining, limit: undefined });
  return left === undefined ? undefined : voice.t('{0} left', left);
}

/** `62%`, or `38% left` where the user wants that; what is left of a balance, or the word for why there is no figure. */
export function sayUse(voice: Voice, window: QuotaWindow, now: number, showRemaining = false): string {
  const { t } = voice;
  const standing = standingOf(window, now);
  if (standing === 'unknown') return sayBalance(voice, window) ?? t('unknown');
  if (standing === 'expired') return t('not read since its reset');
  return sayShown(voice, window.usedFraction ?? 0, { showRemaining });
}

/** The bar of a window, of what is used or of what is left; empty where there is no figure that stands. */
export function drawUse(window: QuotaWindow, cells: number, now: number, showRemaining = false): string {
  const standing = standingOf(window, now);
  if (standing === 'unknown' || standing === 'expired') return '';
  return drawBar(shownFraction(window.usedFraction ?? 0, { showRemaining }), cells);
}

/**
 * `7,440 / 12,000 credits`, used or left; undefined where nothing countable is known, the window has reset since, or what is
 * left is wanted and nobody names the limit.
 */
export function sayAmount(voice: Voice, window: QuotaWindow, now: number, showRemaining = false): string | undefined {
  if (standingOf(window, now) === 'expired') return undefined;
  const { unit, used, limit } = window;
  if (!showRemaining) return formatAmount(voice, window);
  if (used === undefined || limit === undefined) return undefined;
  return formatAmount(voice, { unit, used: Math.max(0, limit - used), limit });
}

/**
 * Where a figure comes from and how old it is: `usage API, 2 min ago; our own count agrees within 1%`.
 * Every number carries this, for a number without a source is a rumour.
 */
export function saySource(voice: Voice, window: QuotaWindow, now: number): string {
  const { t } = voice;
  if (window.basis === 'none' || window.source === undefined) return t('no source yet');
  const source = nameSource(voice, window.source);
  const said = window.seenAt === undefined ? source : t('{0}, {1}', source, formatAge(voice, now - window.seenAt));
  if (window.disagreement === undefined) return said;
  const apart = Math.abs(window.disagreement);
  if (apart < 0.015) return t('{0}; our own count agrees within {1}', said, '1%');
  const points = Math.round(apart * 100);
  return window.disagreement > 0
    ? t('{0}; our own count: {1} points higher', said, points)
    : t('{0}; our own count: {1} points lower (used elsewhere?)', said, points);
}

export function nameSource({ t }: Voice, source: NonNullable<QuotaWindow['source']>): string {
  switch (source) {
    case 'header':
      return t('response header');
    case 'body':
      return t('response');
    case 'usage-api':
      return t('usage API');
    case 'statusline':
      return t('status line');
    case 'transcript':
      return t('transcript');
    case 'ledger':
      return t('our own count');
    default:
      source satisfies never;
      return '';
  }
}

/** What to know about asking the provider; undefined where all is well or nothing is asked. */
export function sayPoll(voice: Voice, poll: PollState, now: number): string | undefined {
  const { t } = voice;
  const why = poll.reason === undefined ? '' : ` ${plainText(poll.reason, 160)}`;
  const next = poll.nextAt === undefined ? '' : ` ${t('Next try {0}.', formatInstant(voice, poll.nextAt, now))}`;
  switch (poll.state) {
    case 'paused':
      return `${t('The usage API is not asked any more.')}${why}`;
    case 'backing-off':
      return `${t('The usage API did not answer as hoped.')}${why}${next}`;
    case 'off':
      return poll.reason === undefined ? undefined : plainText(poll.reason, 160);
    case 'waiting':
    case 'ok':
      return undefined;
    default:
      poll.state satisfies never;
      return undefined;
  }
}

/** `peak hours until 18:00`; undefined where the plan knows none. */
export function sayPeak(voice: Voice, peak: AccountView['peak'], now: number): string | undefined {
  if (peak === undefined) return undefined;
  const until = formatInstant(voice, peak.untilAt, now);
  return peak.now
    ? voice.t('peak hours until {0} (full price)', until)
    : voice.t('off-peak until {0} (reduced price)', until);
}
