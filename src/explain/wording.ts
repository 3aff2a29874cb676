import type { FailureContext } from '../core/incident.ts';
import type { QuotaWindow } from '../core/quota-window.ts';
import { text, type Text } from '../core/text.ts';

export function agentOf({ agentName }: FailureContext): Text {
  return agentName === undefined ? text('the agent', '智能体') : text(agentName, ` ${agentName} `);
}

/** `40 s`, `12 m`, `1 h 28 m`, `3 d`. */
export function span(ms: number): Text {
  const seconds = Math.max(1, Math.round(ms / 1000)); // nothing takes no time
  if (seconds < 90) return text(`${seconds} s`, `${seconds} 秒`);
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return text(`${minutes} m`, `${minutes} 分钟`);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return text(`${Math.round(hours / 24)} d`, `${Math.round(hours / 24)} 天`);
  const rest = minutes % 60;
  return rest === 0 ? text(`${hours} h`, `${hours} 小时`) : text(`${hours} h ${rest} m`, `${hours} 小时 ${rest} 分钟`);
}

/** No decimals, except under 1 %. */
export function percent(fraction: number): string {
  const value = fraction * 100;
  return value > 0 && value < 1 ? `${value.toFixed(1)}%` : `${Math.floor(value + 1e-9)}%`;
}

const HOUR = 3_600_000;

export function windowName(window: QuotaWindow): Text {
  const hours = window.windowMs === undefined ? undefined : window.windowMs / HOUR;
  if (hours === undefined) return text(`window “${window.id}”`, `额度“${window.id}”`);
  if (hours === 168) return text('weekly window', '每周额度');
  if (hours === 24) return text('daily window', '每日额度');
  if (hours >= 28 * 24) return text('monthly window', '每月额度');
  if (hours < 1) return text(`${Math.round(hours * 60)}-minute window`, `${Math.round(hours * 60)} 分钟额度`);
  return hours < 48
    ? text(`${Math.round(hours)}-hour window`, `${Math.round(hours)} 小时额度`)
    : text(`${Math.round(hours / 24)}-day window`, `${Math.round(hours / 24)} 天额度`);
}

/** `20:00 UTC+8`, with the day where it is more than 12 hours off or `now` is not known. An unknown zone is UTC. */
export function instantText(at: number, context: FailureContext): Text {
  const near = context.now !== undefined && Math.abs(at - context.now) < 12 * HOUR;
  return text(format('en-GB', at, near, context.timeZone), format('zh-CN', at, near, context.timeZone));
}

function format(locale: string, at: number, near: boolean, timeZone: string | undefined): string {
  const options: Intl.DateTimeFormatOptions = {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: knownZone(timeZone),
    ...(near ? {} : { weekday: 'short', day: 'numeric', month: 'short' }),
  };
  const said = new Intl.DateTimeFormat(locale, options).format(at);
  const zone = new Intl.DateTimeFormat('en-GB', { timeZone: options.timeZone, timeZoneName: 'shortOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  return `${said} ${(zone ?? 'UTC').replace('GMT', 'UTC').replace(/^UTC[+-]0$/, 'UTC')}`;
}

function knownZone(timeZone: string | undefined): string {
  if (timeZone === undefined) return 'UTC';
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
