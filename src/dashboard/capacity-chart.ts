import type { History, HistoryWindow } from '../core/history.ts';
import type { Sheet } from './csv.ts';
import { s } from './dom.ts';
import { nameWindow } from './names.ts';
import { plot, type Area } from './plot.ts';
import { sayCount, sayInstant, sayShare, type Words } from './words.ts';

const HEIGHT = 170;

/** What one percent of an allowance held in each of its cycles: a dot each, larger where more of it was seen. */
export function capacityChart(words: Words, history: History, window: HistoryWindow, width: number): HTMLElement {
  const { t } = words;
  const { capacity } = window;
  const middle = median(capacity.map(({ perPercent }) => perPercent));
  const draw = ({ x, y, left, right }: Area): readonly SVGElement[] => [
    s('line', { class: 'even', x1: left, x2: right, y1: y(middle), y2: y(middle) }),
    s('path', {
      class: 'line line-0 thin',
      d: capacity
        .map(({ at, perPercent }, i) => `${i === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(perPercent).toFixed(1)}`)
        .join(''),
    }),
    ...capacity.map(({ at, perPercent, over }) =>
      s('circle', { class: 'dot', cx: x(at), cy: y(perPercent), r: (2 + 3 * Math.sqrt(Math.min(1, over))).toFixed(1) }),
    ),
  ];
  return plot(
    {
      words,
      span: { from: history.from, to: history.to },
      starts: capacity.map(({ at }) => at),
      most: Math.max(...capacity.map(({ perPercent }) => perPercent)),
      height: HEIGHT,
      sayValue: (value) => sayCount(words, value),
      label: t('What one percent held'),
      draw,
      readout: (i) => {
        const { at, perPercent, over } = capacity[i]!;
        const when = sayInstant(words, at, 0);
        const [amount, share] = [sayCount(words, perPercent), sayShare(words, over)];
        return window.capacityUnit === 'credits'
          ? t('{0}: {1} credits a percent, seen over {2} of the window', when, amount, share)
          : t('{0}: {1} tokens a percent, seen over {2} of the window', when, amount, share);
      },
    },
    width,
  );
}

/** The window with most cycles in the span; undefined where none has one. */
export function capacityWindow({ windows }: History): HistoryWindow | undefined {
  return windows
    .filter(({ capacity }) => capacity.length > 0)
    .toSorted((a, b) => b.capacity.length - a.capacity.length)[0];
}

export function capacityLead(words: Words, window: HistoryWindow): string {
  const { t } = words;
  const name = nameWindow(words, window);
  const amount = sayCount(words, median(window.capacity.map(({ perPercent }) => perPercent)));
  return window.capacityUnit === 'credits'
    ? t('{0}: about {1} credits a percent, by our own count', name, amount)
    : t('{0}: about {1} tokens a percent, by our own count', name, amount);
}

export function capacitySheet(words: Words, window: HistoryWindow | undefined): Sheet {
  const { t } = words;
  const unit = window?.capacityUnit === 'credits' ? t('Credits a percent') : t('Tokens a percent');
  return {
    head: [t('When'), unit, t('Seen over, %')],
    rows: (window?.capacity ?? []).map(({ at, perPercent, over }) => [
      new Date(at),
      Math.round(perPercent * 10) / 10,
      Math.round(over * 1000) / 10,
    ]),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
