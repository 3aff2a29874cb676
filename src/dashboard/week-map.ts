import type { History } from '../core/history.ts';
import type { Measure } from './page-state.ts';
import type { Sheet } from './csv.ts';
import { h, s } from './dom.ts';
import { dateFormat, sayCount, type Words } from './words.ts';

const LEFT = 34;
const TOP = 4;
const BOTTOM = 20;

/** Hour by weekday: the fuller the square the more was burned; hours of full price carry a hatch. */
export function weekMap(words: Words, history: History, measure: Measure, width: number, row: number): HTMLElement {
  const { t } = words;
  const figures = history.week[measure];
  const most = Math.max(1, ...figures);
  const cell = (width - LEFT - 2) / 24;
  const days = dayNames(words, 'short');
  const long = dayNames(words, 'long');
  const peak = history.week.peak ?? [];
  const line = h('p', { class: 'readout', 'aria-live': 'polite' });
  const squares = figures.flatMap((figure, slot) => {
    const [x, y] = [LEFT + (slot % 24) * cell, TOP + Math.floor(slot / 24) * row];
    const size = { x: x + 0.75, y: y + 0.75, width: Math.max(1, cell - 1.5), height: row - 1.5, rx: 2 };
    return [
      s('rect', { ...size, class: 'heat-empty' }),
      figure === 0
        ? undefined
        : s('rect', { ...size, class: 'heat', 'fill-opacity': (0.15 + 0.85 * Math.sqrt(figure / most)).toFixed(2) }),
      peak[slot] === true ? s('rect', { ...size, fill: 'url(#week-peak)', class: 'peak' }) : undefined,
    ].filter((each) => each !== undefined);
  });
  const cursor = s('rect', { class: 'heat-cursor', width: cell, height: row, rx: 2, visibility: 'hidden' });
  const svg = s(
    'svg',
    {
      viewBox: `0 0 ${width} ${TOP + 7 * row + BOTTOM}`,
      width,
      height: TOP + 7 * row + BOTTOM,
      class: 'plot',
      'aria-hidden': 'true',
    },
    s(
      'defs',
      {},
      s(
        'pattern',
        { id: 'week-peak', width: 5, height: 5, patternUnits: 'userSpaceOnUse' },
        s('path', { d: 'M0 5 L5 0', class: 'peak-ink' }),
      ),
    ),
    ...days.map((day, i) =>
      s('text', { class: 'tick', x: LEFT - 6, y: TOP + (i + 0.5) * row + 4, 'text-anchor': 'end' }, day),
    ),
    ...squares,
    ...[0, 6, 12, 18].map((hour) =>
      s('text', { class: 'tick', x: LEFT + hour * cell, y: TOP + 7 * row + 14 }, `${String(hour).padStart(2, '0')}:00`),
    ),
    cursor,
  );
  const frame = h(
    'div',
    { class: 'plot-frame', tabindex: 0, role: 'group', 'aria-label': t('Hours of the week') },
    svg,
  );
  let at = figures.indexOf(Math.max(...figures));

  function say(slot: number): void {
    const hour = slot % 24;
    const when = `${long[Math.floor(slot / 24)]} ${String(hour).padStart(2, '0')}:00`;
    const amount = sayCount(words, figures[slot] ?? 0);
    const text = measure === 'tokens' ? t('{0}: {1} tokens', when, amount) : t('{0}: {1} requests', when, amount);
    line.textContent = peak[slot] === true ? `${text} · ${t('peak hour')}` : text;
  }
  function point(slot: number): void {
    at = Math.min(167, Math.max(0, slot));
    cursor.setAttribute('x', String(LEFT + (at % 24) * cell));
    cursor.setAttribute('y', String(TOP + Math.floor(at / 24) * row));
    cursor.setAttribute('visibility', 'visible');
    say(at);
  }
  say(at);
  frame.addEventListener('keydown', (event) => {
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -24, ArrowDown: 24 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    if (at + step >= 0 && at + step <= 167) point(at + step);
  });
  frame.addEventListener('blur', () => cursor.setAttribute('visibility', 'hidden'));
  svg.addEventListener('pointermove', (event) => {
    const box = svg.getBoundingClientRect();
    const hour = Math.floor((event.clientX - box.left - LEFT) / cell);
    const day = Math.floor((event.clientY - box.top - TOP) / row);
    if (hour >= 0 && hour < 24 && day >= 0 && day < 7) point(day * 24 + hour);
  });
  svg.addEventListener('pointerleave', () => cursor.setAttribute('visibility', 'hidden'));
  return h('div', {}, line, frame);
}

export function weekSheet(words: Words, { week }: History, measure: Measure): Sheet {
  const days = dayNames(words, 'long');
  return {
    head: [words.t('Weekday'), ...Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`)],
    rows: days.map((day, i) => [day, ...week[measure].slice(i * 24, i * 24 + 24)]),
  };
}

/** Monday first. */
function dayNames(words: Words, weekday: 'short' | 'long'): readonly string[] {
  const format = dateFormat(words, { weekday, timeZone: 'UTC' });
  // 5 January 1970 was a Monday.
  return Array.from({ length: 7 }, (_, i) => format.format((4 + i) * 86_400_000));
}
