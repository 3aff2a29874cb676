import type { History, HistoryWindow } from '../core/history.ts';
import type { Sheet } from './csv.ts';
import { bucketWidth } from './scales.ts';
import { h, s } from './dom.ts';
import { nameWindow } from './names.ts';
import { plot, type Area, type PlotSpec } from './plot.ts';
import { sayInstant, sayShare, type Words } from './words.ts';

const HEIGHT = 180;

/** How full each window was in each bucket: a line each, told apart by dashes as well as colour. Gaps stay gaps. */
export function windowChart(
  words: Words,
  history: History,
  common: Pick<PlotSpec, 'onZoom' | 'bounds'>,
  width: number,
): HTMLElement {
  const windows = charted(history);
  const ends = [...history.starts.slice(1), history.to];
  const draw = ({ x, y }: Area): readonly SVGElement[] => [
    s('line', { class: 'full', x1: x(history.from), x2: x(history.to), y1: y(1), y2: y(1) }),
    ...windows.map(({ used }, i) =>
      s('path', {
        class: `line line-${i % 4}`,
        d: used
          .map((fraction, bucket) => {
            if (fraction === null) return '';
            const at = x((history.starts[bucket]! + ends[bucket]!) / 2).toFixed(1);
            const alone = used[bucket - 1] == null && used[bucket + 1] == null;
            return `${used[bucket - 1] == null ? 'M' : 'L'}${at} ${y(fraction).toFixed(1)}${alone ? 'h1.5' : ''}`;
          })
          .join(''),
      }),
    ),
  ];
  return h(
    'div',
    {},
    plot(
      {
        words,
        span: { from: history.from, to: history.to },
        starts: history.starts,
        most: Math.max(1, ...windows.flatMap(({ used }) => used.map((fraction) => fraction ?? 0))),
        height: HEIGHT,
        sayValue: (value) => sayShare(words, value),
        label: words.t('Plan windows over time'),
        draw,
        readout: (i) =>
          [
            sayInstant(words, history.starts[i]!, bucketWidth(history)),
            ...windows.map((window) => {
              const used = window.used[i];
              return `${nameWindow(words, window)} ${used == null ? words.t('not read') : sayShare(words, used)}`;
            }),
          ].join(' · '),
        ...common,
      },
      width,
    ),
    h(
      'ul',
      { class: 'legend', 'aria-label': words.t('Series') },
      ...windows.map((window, i) =>
        h(
          'li',
          { class: 'key' },
          s(
            'svg',
            { width: 22, height: 10, class: 'swatch', 'aria-hidden': 'true' },
            s('path', { d: 'M0 5 H22', class: `line line-${i % 4}` }),
          ),
          h('span', { class: 'name' }, nameWindow(words, window)),
        ),
      ),
    ),
  );
}

/** Windows of which anything was read in the span. */
export function charted(history: History): readonly HistoryWindow[] {
  return history.windows.filter(({ used }) => used.some((fraction) => fraction !== null)).slice(0, 4);
}

export function windowSheet(words: Words, history: History): Sheet {
  const windows = charted(history);
  return {
    head: [words.t('From'), ...windows.map((window) => `${nameWindow(words, window)} %`)],
    rows: history.starts.map((at, i) => [
      new Date(at),
      ...windows.map(({ used }) => (used[i] == null ? undefined : Math.round(used[i] * 1000) / 10)),
    ]),
  };
}
