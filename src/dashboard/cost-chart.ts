import type { History } from '../core/history.ts';
import { bucketWidth } from './scales.ts';
import { column } from './burn-chart.ts';
import type { Sheet } from './csv.ts';
import { s } from './dom.ts';
import { plot, type Area, type PlotSpec } from './plot.ts';
import { numberFormat, sayInstant, sayMoney, type Words } from './words.ts';

const HEIGHT = 170;
/** A month, as prices a month are spread over days. */
const MONTH_MS = 30.4375 * 86_400_000;

/** What the tokens would cost at API prices, and the plan's price for as long as a bucket as a line across. */
export function costChart(
  words: Words,
  history: History,
  common: Pick<PlotSpec, 'onZoom' | 'bounds'>,
  width: number,
): HTMLElement {
  const { usdMicros, planUsdMicros } = history.cost;
  const ends = [...history.starts.slice(1), history.to];
  const widthMs = (history.starts[1] ?? history.to) - history.from;
  const share = planUsdMicros === undefined ? undefined : (planUsdMicros * widthMs) / MONTH_MS;
  const draw = ({ x, y, left, right }: Area): readonly SVGElement[] => [
    s('path', {
      class: 'cost',
      d: usdMicros
        .map((cost, i) => (cost > 0 ? column(x(history.starts[i]!), x(ends[i]!), y(0), y(cost)) : ''))
        .join(''),
    }),
    ...(share === undefined
      ? []
      : [s('line', { class: 'plan-price', x1: left, x2: right, y1: y(share), y2: y(share) })]),
  ];
  return plot(
    {
      words,
      span: { from: history.from, to: history.to },
      starts: history.starts,
      most: Math.max(share ?? 0, ...usdMicros),
      height: HEIGHT,
      sayValue: (value) => sayMoney(words, value),
      label: words.t('Cost at API prices'),
      draw,
      readout: (i) =>
        [
          sayInstant(words, history.starts[i]!, bucketWidth(history)),
          sayMoney(words, usdMicros[i] ?? 0),
          ...(share === undefined ? [] : [words.t('plan {0}', sayMoney(words, share))]),
        ].join(' · '),
      ...common,
    },
    width,
  );
}

/** What the span would have cost against what the plan costs in it. */
export function costLead(words: Words, history: History): string | undefined {
  const { t } = words;
  const { totalUsdMicros: total, planUsdMicros, unpriced } = history.cost;
  if (total === undefined) return undefined;
  const money = unpriced.length === 0 ? sayMoney(words, total) : t('at least {0}', sayMoney(words, total));
  if (planUsdMicros === undefined) return t('At API prices: {0}; what the plan costs is not known', money);
  const plan = (planUsdMicros * (history.to - history.from)) / MONTH_MS;
  const times = numberFormat(words.locale, { maximumFractionDigits: 1 }).format(total / plan);
  return t('At API prices: {0}; the plan costs {1} for as long: {2} times', money, sayMoney(words, plan), times);
}

export function costSheet(words: Words, { starts, cost }: History): Sheet {
  return {
    head: [words.t('From'), words.t('US dollars at API prices')],
    rows: starts.map((at, i) => [new Date(at), (cost.usdMicros[i] ?? 0) / 1_000_000]),
  };
}
