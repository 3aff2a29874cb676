import type { HistoryDim, HistorySeries } from '../core/history.ts';
import { numberFormat, sayInstant, type Words } from './words.ts';

/** What people call a series. Names of agents, models and folders are theirs and not translated. */
export function nameSeries(words: Words, dim: HistoryDim, { id, name, firstAt }: HistorySeries): string {
  const { t } = words;
  if (id === 'other') return t('others');
  if (id === 'unknown') return dim === 'agent' ? t('unrecognised') : t('unknown');
  switch (dim) {
    case 'kind':
      return nameKind(words, id);
    case 'session': {
      const agent = name ?? t('session');
      return firstAt === undefined ? `${agent} ${id.slice(0, 4)}` : `${agent} · ${sayInstant(words, firstAt, 0)}`;
    }
    case 'workspace':
      return name ?? t('folder {0}', id.slice(0, 4));
    case 'agent':
    case 'model':
      return name ?? id;
    default:
      dim satisfies never;
      return id;
  }
}

function nameKind({ t }: Words, id: string): string {
  const kinds: Readonly<Record<string, string>> = {
    main: t('main turns'),
    'sub-agent': t('sub-agents'),
    scheduled: t('scheduled turns'),
    overhead: t('titles and summaries'),
  };
  return kinds[id] ?? id;
}

/** `5 hours`, `Week`; the provider's own name where the length says nothing. */
export function nameWindow(
  { t, locale }: Words,
  window: { readonly id: string; readonly windowMs?: number | undefined },
): string {
  const [base, model] = window.id.split(':');
  const names: Readonly<Record<string, string>> = {
    'five-hour': t('5 hours'),
    day: t('Day'),
    week: t('Week'),
    month: t('Month'),
  };
  const hours = window.windowMs === undefined ? undefined : Math.round(window.windowMs / 3_600_000);
  const length =
    hours === undefined
      ? undefined
      : numberFormat(locale, {
          style: 'unit',
          unit: hours % 24 === 0 ? 'day' : 'hour',
          unitDisplay: 'long',
        }).format(hours % 24 === 0 ? hours / 24 : hours);
  const name = names[base ?? ''] ?? length ?? window.id;
  return model === undefined ? name : t('{0} ({1})', name, model);
}
