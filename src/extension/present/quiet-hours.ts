import type { Voice } from './voice.ts';

/** Minutes of the day, 0..1439; over midnight where `from` is later than `to`. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** `22:00-07:30`; undefined where it is none, or begins when it ends. */
export function readQuietHours(text: string): QuietHours | undefined {
  const parts = /^\s*([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-3]):([0-5]\d)\s*$/.exec(text);
  if (parts === null) return undefined;
  const [fromHour, fromMinute, toHour, toMinute] = parts.slice(1).map(Number) as [number, number, number, number];
  const hours = { from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute };
  return hours.from === hours.to ? undefined : hours;
}

/** Whether it is quiet now by the user's own clock; the end is not quiet any more. */
export function isQuiet({ timeZone }: Pick<Voice, 'timeZone'>, hours: QuietHours | undefined, now: number): boolean {
  if (hours === undefined) return false;
  const minute = minuteOfDay(timeZone, now);
  return hours.from < hours.to ? minute >= hours.from && minute < hours.to : minute >= hours.from || minute < hours.to;
}

function minuteOfDay(timeZone: string | undefined, at: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0);
  return part('hour') * 60 + part('minute');
}
