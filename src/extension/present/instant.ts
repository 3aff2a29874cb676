import type { Voice } from './voice.ts';

const DAY = 86_400_000;

/**
 * A point in time as the user would say it: `14:05` today, `Thu 09:12` within six days either way, `29 Nov, 09:12` beyond.
 * In the user's own zone, 24 hours.
 */
export function formatInstant(voice: Voice, at: number, now: number): string {
  if (dayOf(voice, at) === dayOf(voice, now)) return format(voice, at, {});
  if (Math.abs(at - now) < 6 * DAY) return format(voice, at, { weekday: 'short' });
  return format(voice, at, { day: 'numeric', month: 'short' });
}

function format({ locale, timeZone }: Voice, at: number, date: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    ...date,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })
    .format(at)
    .replace(/(?<=\p{Script=Han})(?=\d\d:)/u, ' '); // 周四09:12, beside 11月29日 09:12
}

function dayOf({ timeZone }: Voice, at: number): string {
  return new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).format(at);
}

/** `14:05:33`: for rows whose order is seconds apart. */
export function formatClock({ locale, timeZone }: Voice, at: number): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(at);
}

/** `22 Nov 2026, 14:05`: for pages that are read later. */
export function formatDate({ locale, timeZone }: Voice, at: number): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(at);
}
