import type { Forecast } from '../../core/forecast.ts';
import type { QuotaWindow } from '../../core/quota-window.ts';
import { formatInstant } from './instant.ts';
import { speakWindow, standingOf } from './quota-words.ts';
import { formatSpan } from './span.ts';
import type { Voice } from './voice.ts';

/** The forecast of a figure that stands now; undefined where the figure does not, or nothing can be said. */
export function forecastOf(window: QuotaWindow, now: number): Forecast | undefined {
  return standingOf(window, now) === 'fresh' ? window.forecast : undefined;
}

/** Whole points ahead of even use; below 0 is reserve, and -0 never comes. */
export function pacePoints(forecast: Forecast): number {
  return Math.round(forecast.pace * 100) || 0;
}

/** `▲11`; undefined where use is even or behind, which needs nobody's eye. */
export function markPace(forecast: Forecast | undefined): string | undefined {
  const points = forecast === undefined ? 0 : pacePoints(forecast);
  return points > 0 ? `▲${points}` : undefined;
}

/** `11 points ahead of even use` */
export function sayPace({ t }: Voice, forecast: Forecast): string {
  const points = pacePoints(forecast);
  if (points === 0) return t('at even use');
  return points > 0 ? t('{0} points ahead of even use', points) : t('{0} points behind even use', -points);
}

/** Whether the window lasts, with the word for how sure; undefined where its use tells no rate. */
export function sayOutlook(voice: Voice, window: QuotaWindow, now: number): string | undefined {
  const { t } = voice;
  const forecast = forecastOf(window, now);
  if (forecast === undefined || window.level === 'exhausted') return undefined;
  const name = speakWindow(voice, window);
  const sure = nameConfidence(voice, forecast.confidence);
  switch (forecast.outlook) {
    case 'unknown':
      return undefined;
    case 'lasts':
      return t('At this pace: the {0} lasts until its reset ({1})', name, sure);
    case 'runs-out': {
      if (forecast.exhaustsAt === undefined) return undefined;
      const at = formatInstant(voice, forecast.exhaustsAt, now);
      if (window.resetsAt === undefined) return t('At this pace: the {0} ends {1} ({2})', name, at, sure);
      const before = formatSpan(voice, window.resetsAt - forecast.exhaustsAt);
      return t('At this pace: the {0} ends {1}, {2} before its reset ({3})', name, at, before, sure);
    }
    default:
      forecast.outlook satisfies never;
      return undefined;
  }
}

/** `About 17 more turns like the last ones`; undefined where too few were seen. */
export function sayTurnsLeft({ t }: Voice, window: QuotaWindow, now: number): string | undefined {
  const turns = forecastOf(window, now)?.turnsLeft;
  if (turns === undefined || window.level === 'exhausted') return undefined;
  if (turns < 1) return t('Less than one more turn like the last ones');
  return turns === 1
    ? t('About one more turn like the last ones')
    : t('About {0} more turns like the last ones', turns);
}

function nameConfidence({ t }: Voice, confidence: Forecast['confidence']): string {
  return { low: t('low confidence'), fair: t('fair confidence'), good: t('good confidence') }[confidence];
}
