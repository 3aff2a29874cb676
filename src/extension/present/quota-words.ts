import type { QuotaWindow } from '../../core/quota-window.ts';
import { plainText } from './plain-text.ts';
import { formatSpan, formatSpanTight } from './span.ts';
import type { Voice } from './voice.ts';

/** A provider's figure older than this is shown dimmed, with its age. */
export const STALE_MS = 10 * 60_000;

/**
 * How far a window's figure can be trusted now. First match wins:
 * - `unknown`: there is none.
 * - `expired`: the window has reset since; the figure is of the one before.
 * - `stale`: the provider said it more than ten minutes ago. Our own ledger's count does not age.
 * - `fresh`: it stands.
 */
export type Standing = 'fresh' | 'stale' | 'expired' | 'unknown';

export function standingOf(window: QuotaWindow, now: number): Standing {
  if (window.usedFraction === undefined) return 'unknown';
  if (window.resetsAt !== undefined && window.resetsAt <= now) return 'expired';
  if (window.basis !== 'ledger' && window.seenAt !== undefined && now - window.seenAt > STALE_MS) return 'stale';
  return 'fresh';
}

/** Name of a window in a row: `5 hours`, `Week`, `Week (sonnet)`. */
export function nameWindow(voice: Voice, window: QuotaWindow): string {
  return withModel(voice, window, nameOf(voice, window, 'row'));
}

/** Name of a window in a sentence: `5-hour window`, `weekly window`. */
export function speakWindow(voice: Voice, window: QuotaWindow): string {
  return withModel(voice, window, nameOf(voice, window, 'sentence'));
}

/** Name of a window where there is no room: `5h`, `wk`. */
export function nameWindowTight(voice: Voice, window: QuotaWindow): string {
  return nameOf(voice, window, 'tight');
}

type Room = 'row' | 'sentence' | 'tight';

function nameOf(voice: Voice, window: QuotaWindow, room: Room): string {
  const { t } = voice;
  switch (window.id.split(':')[0]) {
    case 'five-hour':
      return { row: t('5 hours'), sentence: t('5-hour window'), tight: t('5h') }[room];
    case 'day':
      return { row: t('Day'), sentence: t('daily window'), tight: t('day') }[room];
    case 'week':
      return { row: t('Week'), sentence: t('weekly window'), tight: t('wk') }[room];
    case 'month':
      return { row: t('Month'), sentence: t('monthly window'), tight: t('mo') }[room];
    default:
      return nameBySpan(voice, window, room);
  }
}

function nameBySpan(voice: Voice, window: QuotaWindow, room: Room): string {
  if (window.windowMs === undefined || window.windowMs <= 0) return plainText(window.id, 24);
  if (room === 'tight') return formatSpanTight(voice, window.windowMs);
  const span = formatSpan(voice, window.windowMs);
  return room === 'row' ? span : voice.t('window of {0}', span);
}

function withModel({ t }: Voice, window: QuotaWindow, name: string): string {
  const model = window.model ?? window.id.split(':')[1];
  return model === undefined ? name : t('{0} ({1})', name, plainText(model, 32));
}
