import type { History, HistoryDim, HistorySeries } from '../core/history.ts';
import type { Sheet } from './csv.ts';
import { button, h, s } from './dom.ts';
import { nameSeries } from './names.ts';
import type { Measure } from './page-state.ts';
import { patterns, swatch } from './patterns.ts';
import type { Area, PlotSpec } from './plot.ts';
import { plot } from './plot.ts';
import { bucketWidth, stack } from './scales.ts';
import { sayCount, sayInstant, sayShare, type Words } from './words.ts';

export interface BurnChoice {
  readonly dim: HistoryDim;
  readonly measure: Measure;
  /** Ids that are left out of the drawing. */
  readonly hidden: readonly string[];
}

const HEIGHT = 220;

/** Stacked columns of who burned how much in each bucket, with a legend that hides and shows them. */
export function burnChart(
  words: Words,
  history: History,
  choice: BurnChoice,
  common: Pick<PlotSpec, 'onZoom' | 'bounds'>,
  toggle: (id: string) => void,
  width: number,
): HTMLElement {
  const all = history.burn[choice.dim];
  const shown = all.filter(({ id }) => !choice.hidden.includes(id));
  const stacked = stack(shown.map((series) => series[choice.measure]));
  const sums = shown[0]?.tokens.map((_, i) => stacked.at(-1)?.[i]?.[1] ?? 0) ?? [];
  const { defs, fill } = patterns('burn', all.length);
  const ends = [...history.starts.slice(1), history.to];
  const draw = ({ x, y }: Area): readonly SVGElement[] => [
    defs,
    ...shown.map((series, row) =>
      s('path', {
        fill: fill(all.indexOf(series)),
        d: stacked[row]!.flatMap(([below, above], i) =>
          above > below ? [column(x(history.starts[i]!), x(ends[i]!), y(below), y(above))] : [],
        ).join(''),
      }),
    ),
  ];
  const wholes = sumAll(all, choice.measure);
  const total = wholes.reduce((sum, whole) => sum + whole, 0);
  const chart = plot(
    {
      words,
      span: { from: history.from, to: history.to },
      starts: history.starts,
      most: Math.max(0, ...sums),
      height: HEIGHT,
      sayValue: (value) => sayCount(words, value),
      label: words.t('Burn over time'),
      draw,
      readout: (i) => {
        const parts = shown
          .map((series) => ({ name: nameSeries(words, choice.dim, series), value: series[choice.measure][i]! }))
          .filter(({ value }) => value > 0)
          .map(({ name, value }) => `${name} ${sayCount(words, value)}`);
        return [
          sayInstant(words, history.starts[i]!, bucketWidth(history)),
          sayCount(words, sums[i] ?? 0),
          ...parts.slice(0, 4),
        ].join(' · ');
      },
      ...common,
    },
    width,
  );
  const legend = h(
    'ul',
    { class: 'legend', 'aria-label': words.t('Series') },
    ...all.map((series, i) =>
      h(
        'li',
        {},
        button(
          { 'aria-pressed': String(!choice.hidden.includes(series.id)), 'data-focus': `burn-${series.id}` },
          () => toggle(series.id),
          swatch(`burn-key-${i}`, i),
          h('span', { class: 'name' }, nameSeries(words, choice.dim, series)),
          h('span', { class: 'figure' }, total > 0 ? sayShare(words, wholes[i]! / total) : ''),
        ),
      ),
    ),
  );
  return h('div', {}, chart, legend);
}

export function burnSheet(words: Words, history: History, { dim, measure }: BurnChoice): Sheet {
  const series = history.burn[dim];
  return {
    head: [words.t('From'), ...series.map((each) => nameSeries(words, dim, each))],
    rows: history.starts.map((at, i) => [new Date(at), ...series.map((each) => each[measure][i] ?? 0)]),
  };
}

/** `Claude Code burned 71% of it.`; undefined where nothing was burned. */
export function burnLead(words: Words, history: History, { dim, measure }: BurnChoice): string | undefined {
  const series = history.burn[dim];
  const wholes = sumAll(series, measure);
  const total = wholes.reduce((sum, whole) => sum + whole, 0);
  const first = series[0];
  if (first === undefined || total === 0) return undefined;
  const amount = sayCount(words, total);
  const { t } = words;
  const [name, share] = [nameSeries(words, dim, first), sayShare(words, wholes[0]! / total)];
  return measure === 'tokens'
    ? t('{0} tokens passed the relay; {1}: {2}', amount, name, share)
    : t('{0} requests passed the relay; {1}: {2}', amount, name, share);
}

function sumAll(series: readonly HistorySeries[], measure: Measure): readonly number[] {
  return series.map((each) => each[measure].reduce((sum, value) => sum + value, 0));
}

/** A column of at least a pixel with a hair of air to the next one, where there is room. */
export function column(left: number, right: number, bottom: number, top: number): string {
  const width = right - left > 3 ? right - left - 1 : Math.max(0.75, right - left);
  return `M${left.toFixed(2)} ${bottom.toFixed(2)}h${width.toFixed(2)}V${top.toFixed(2)}h${(-width).toFixed(2)}Z`;
}
