import type { Voice } from './voice.ts';

const MINUTE = 60_000;

interface SpanParts {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}

function partsOf(ms: number): SpanParts {
  const minutes = Math.max(0, Math.floor(ms / MINUTE));
  return { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 };
}

/** `3 d 20 h`, `1 h 28 m`, `44 min`, `under a minute`: for reading. Whole minutes, never rounded up; below 0 counts as 0. */
export function formatSpan({ t }: Voice, ms: number): string {
  const { days, hours, minutes } = partsOf(ms);
  if (days > 0) return t('{0} d {1} h', days, hours);
  if (hours > 0) return t('{0} h {1} m', hours, minutes);
  return minutes > 0 ? t('{0} min', minutes) : t('under a minute');
}

/** `3d 20h`, `1h 28m`, `44m`, `<1m`: for the status bar, where every letter counts. */
export function formatSpanTight({ t }: Voice, ms: number): string {
  const { days, hours, minutes } = partsOf(ms);
  if (days > 0) return t('{0}d {1}h', days, hours);
  if (hours > 0) return t('{0}h {1}m', hours, minutes);
  return minutes > 0 ? t('{0}m', minutes) : t('<1m');
}

/** `1 hour 28 minutes`: to be read aloud. Zero parts are left out. */
export function speakSpan({ t, locale }: Voice, ms: number): string {
  const { days, hours, minutes } = partsOf(ms);
  const say = (count: number, unit: 'day' | 'hour' | 'minute') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  const said = [
    ...(days > 0 ? [say(days, 'day')] : []),
    ...(hours > 0 ? [say(hours, 'hour')] : []),
    ...(minutes > 0 && days === 0 ? [say(minutes, 'minute')] : []),
  ];
  return said.length === 0 ? t('under a minute') : said.join(' ');
}

/** `just now`, `44 min ago`. */
export function formatAge(voice: Voice, ms: number): string {
  return ms < MINUTE ? voice.t('just now') : voice.t('{0} ago', formatSpan(voice, ms));
}

/** `now`, `44m ago`: for rows with little room. */
export function formatAgeTight(voice: Voice, ms: number): string {
  return ms < MINUTE ? voice.t('now') : voice.t('{0} ago', formatSpanTight(voice, ms));
}

/** Length of a request: `410 ms`, `3.2 s`, `2 min`. */
export function formatShortSpan(voice: Voice, ms: number): string {
  if (ms < 1000) return voice.t('{0} ms', Math.round(ms));
  if (ms < MINUTE) return voice.t('{0} s', (ms / 1000).toFixed(1));
  return formatSpan(voice, ms);
}
