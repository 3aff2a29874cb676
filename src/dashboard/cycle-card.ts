import type { HistoryWindow } from '../core/history.ts';
import type { DashboardCard } from '../protocol/dashboard.ts';
import { h, s } from './dom.ts';
import { plot, type Area } from './plot.ts';
import { sayInstant, sayShare, type Words } from './words.ts';

const HEIGHT = 128;

/** How one window stands: its figure, its course against even pace, the forecast dashed, and a sentence. */
export function cycleCard(
  words: Words,
  card: DashboardCard,
  window: HistoryWindow | undefined,
  now: number,
  width: number,
): HTMLElement {
  const { t } = words;
  const facts = [card.amount, card.resets, card.pace].filter((fact) => fact !== undefined).join(' · ');
  return h(
    'section',
    { class: `card level-${card.stale ? 'stale' : card.level}`, 'aria-label': card.spoken },
    h('header', {}, h('h2', {}, card.name), h('span', { class: 'use' }, card.use)),
    h('p', { class: 'facts' }, facts),
    window?.cycle === undefined
      ? h('p', { class: 'empty' }, t('No course to draw: nobody said when this window began.'))
      : drawCycle(words, card, window.cycle, now, width),
    ...(card.outlook === undefined ? [] : [h('p', { class: 'lead' }, card.outlook)]),
    h('p', { class: 'source' }, t('Source: {0}', card.source)),
  );
}

function drawCycle(
  words: Words,
  card: DashboardCard,
  cycle: NonNullable<HistoryWindow['cycle']>,
  now: number,
  width: number,
): HTMLElement {
  const { startsAt, resetsAt, points } = cycle;
  const last = points.at(-1);
  const most = Math.max(1, ...points.map(([, fraction]) => fraction));
  const draw = ({ x, y, top, bottom }: Area): readonly SVGElement[] => {
    const course = points.map(([at, fraction]) => `${x(at).toFixed(1)} ${y(fraction).toFixed(1)}`);
    const begin = `${x(points[0]?.[0] ?? startsAt).toFixed(1)} ${bottom}`;
    const reach = last === undefined || card.exhaustsAt === undefined ? undefined : card.exhaustsAt;
    return [
      s('line', { class: 'even', x1: x(startsAt), y1: bottom, x2: x(resetsAt), y2: y(1) }),
      s('line', { class: 'full', x1: x(startsAt), y1: y(1), x2: x(resetsAt), y2: y(1) }),
      ...(last === undefined
        ? []
        : [
            s('path', {
              class: 'used-area',
              d: `M${begin} L${course.join(' L')} L${x(last[0]).toFixed(1)} ${bottom} Z`,
            }),
            s('path', { class: 'used-line', d: `M${course.join(' L')}` }),
            s('circle', { class: 'used-dot', cx: x(last[0]), cy: y(last[1]), r: 3 }),
          ]),
      ...(last === undefined || reach === undefined
        ? []
        : [
            s('line', { class: 'forecast', x1: x(last[0]), y1: y(last[1]), x2: x(reach), y2: y(1) }),
            s('path', { class: 'forecast-end', d: `M${x(reach) - 4} ${y(1) - 4} l8 8 m0 -8 l-8 8` }),
          ]),
      s('line', { class: 'now', x1: x(now), y1: top, x2: x(now), y2: bottom }),
      s('line', { class: 'reset', x1: x(resetsAt), y1: top, x2: x(resetsAt), y2: bottom }),
    ];
  };
  return plot(
    {
      words,
      span: { from: startsAt, to: resetsAt },
      starts: points.map(([at]) => at),
      most,
      height: HEIGHT,
      sayValue: (value) => sayShare(words, value),
      label: words.t('{0}: used against even pace', card.name),
      draw,
      readout: (i) => {
        const [at, fraction] = points[i]!;
        const even = (at - startsAt) / (resetsAt - startsAt);
        return words.t(
          '{0}: {1} used, even pace {2}',
          sayInstant(words, at, 0),
          sayShare(words, fraction),
          sayShare(words, even),
        );
      },
    },
    width,
  );
}
