import type { History } from '../core/history.ts';
import type { Sheet } from './csv.ts';
import { h, s } from './dom.ts';
import { plot, type Area, type PlotSpec } from './plot.ts';
import { bucketWidth, bucketAt } from './scales.ts';
import { sayCount, sayInstant, type Words } from './words.ts';

const HEIGHT = 96;

/** Refusals as columns upwards, those for the provider's terms crossed, and flags as diamonds on a lane below. */
export function timeline(
  words: Words,
  history: History,
  common: Pick<PlotSpec, 'onZoom' | 'bounds'>,
  width: number,
): HTMLElement {
  const { t } = words;
  const { refusals, policy, flags } = countByBucket(history);
  const most = Math.max(1, ...refusals);
  const ends = [...history.starts.slice(1), history.to];
  const draw = ({ x, top, bottom, left, right }: Area): readonly SVGElement[] => {
    const lane = bottom - 12;
    const base = lane - 12;
    const middle = (i: number) => (x(history.starts[i]!) + x(ends[i]!)) / 2;
    return [
      s('line', { class: 'axis', x1: left, x2: right, y1: base, y2: base }),
      s('line', { class: 'grid', x1: left, x2: right, y1: lane, y2: lane }),
      ...refusals.flatMap((count, i) => {
        if (count === 0) return [];
        const y = base - 6 - (base - top - 8) * Math.sqrt(count / most);
        const column = s('line', { class: 'refusal', x1: middle(i), x2: middle(i), y1: base, y2: y });
        const mark = `M${middle(i) - 4} ${y - 4} l8 8 m0 -8 l-8 8`;
        return policy[i]! > 0 ? [column, s('path', { class: 'policy', d: mark })] : [column];
      }),
      ...flags.flatMap((count, i) =>
        count === 0 ? [] : [s('path', { class: 'flag', d: `M${middle(i)} ${lane - 5} l5 5 l-5 5 l-5 -5 Z` })],
      ),
    ];
  };
  return h(
    'div',
    {},
    plot(
      {
        words,
        span: { from: history.from, to: history.to },
        starts: history.starts,
        most,
        height: HEIGHT,
        label: t('Refusals and flags over time'),
        draw,
        readout: (i) => {
          const codes = history.failures.filter(({ at }) => bucketAt(history.starts, at) === i).map(({ code }) => code);
          return [
            sayInstant(words, history.starts[i]!, bucketWidth(history)),
            t('refusals {0}', sayCount(words, refusals[i]!)),
            ...new Set(codes),
            t('flags {0}', flags[i]!),
          ].join(' · ');
        },
        ...common,
      },
      width,
    ),
    h(
      'ul',
      { class: 'legend', 'aria-label': t('Series') },
      key('M6 10 V2', 'refusal', t('refusals')),
      key('M2 2 l8 8 m0 -8 l-8 8', 'policy', t('for the terms')),
      key('M6 1 l5 5 l-5 5 l-5 -5 Z', 'flag', t('flags of Planward')),
    ),
  );
}

function key(d: string, kind: string, name: string): HTMLElement {
  return h(
    'li',
    { class: 'key' },
    s('svg', { width: 12, height: 12, class: 'swatch', 'aria-hidden': 'true' }, s('path', { d, class: kind })),
    h('span', { class: 'name' }, name),
  );
}

function countByBucket({ starts, failures, flags }: History) {
  const counts = { refusals: starts.map(() => 0), policy: starts.map(() => 0), flags: starts.map(() => 0) };
  for (const { at, count, policy } of failures) {
    const i = bucketAt(starts, at);
    counts.refusals[i]! += count;
    if (policy) counts.policy[i]! += count;
  }
  for (const { at } of flags) counts.flags[bucketAt(starts, at)]! += 1;
  return counts;
}

export function timelineSheet(words: Words, history: History): Sheet {
  const { t } = words;
  const failures = history.failures.map(({ at, code, count, policy }) => ({
    at,
    row: [policy ? t('refused for the terms') : t('refused'), code, count] as const,
  }));
  const flags = history.flags.map(({ at, ruleId, category }) => ({
    at,
    row: [t('flag'), category === undefined ? ruleId : `${ruleId} / ${category}`, 1] as const,
  }));
  return {
    head: [t('When'), t('What'), t('Code or rule'), t('Count')],
    rows: [...failures, ...flags].toSorted((a, b) => b.at - a.at).map(({ at, row }) => [new Date(at), ...row]),
  };
}
