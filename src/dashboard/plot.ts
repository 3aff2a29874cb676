import { h, s } from './dom.ts';
import { bucketAt, timeTicks, valueTicks, zoom, type Span } from './scales.ts';
import { dateFormat, type Words } from './words.ts';

declare global {
  interface HTMLElementEventMap {
    /** To a chart: the cursor stands at this instant. */
    restore: CustomEvent<number>;
  }
}

/** Room around the drawing, px. */
const LEFT = 46;
const RIGHT = 10;
const TOP = 8;
const BOTTOM = 22;
const DAY_MS = 86_400_000;

export interface PlotSpec {
  readonly words: Words;
  readonly span: Span;
  /** Start of every bucket; the last ends at `span.to`. */
  readonly starts: readonly number[];
  readonly most: number;
  readonly height: number;
  /** Absent: no value axis. */
  readonly sayValue?: (value: number) => string;
  /** Read aloud as the chart's name. */
  readonly label: string;
  /** Draws between the axes, in px. */
  readonly draw: (area: Area) => readonly SVGElement[];
  /** One line on the bucket under the cursor. */
  readonly readout?: (bucket: number) => string;
  /** Absent where the chart is not zoomed by its user. */
  readonly onZoom?: ((span: Span | undefined) => void) | undefined;
  readonly bounds?: Span;
}

export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
}

/**
 * A chart with a time axis that can be read and zoomed by mouse and keyboard: arrows move the cursor, + and - zoom around it,
 * 0 and Escape undo that. Drawn as SVG, so that colours come from the theme and high contrast needs no second drawing.
 */
export function plot(spec: PlotSpec, width: number): HTMLElement {
  const { words, span, starts, height, label, readout } = spec;
  const left = spec.sayValue === undefined ? 8 : LEFT;
  const area: Area = {
    left,
    right: Math.max(left + 40, width - RIGHT),
    top: TOP,
    bottom: height - BOTTOM,
    x: (at) => area.left + ((at - span.from) / (span.to - span.from)) * (area.right - area.left),
    y: (value) => area.bottom - (value / (values.at(-1) ?? 1)) * (area.bottom - area.top),
  };
  const values = valueTicks(spec.most);
  const cursor = s('line', { class: 'cursor', y1: area.top, y2: area.bottom, visibility: 'hidden' });
  const chosen = s('rect', { class: 'chosen', y: area.top, height: area.bottom - area.top, visibility: 'hidden' });
  const svg = s(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true', class: 'plot' },
    ...axes(spec, area, values),
    ...spec.draw(area),
    chosen,
    cursor,
  );
  const line = h('p', { class: 'readout', 'aria-live': 'polite' });
  const frame = h('div', { class: 'plot-frame', tabindex: 0, role: 'group', 'aria-label': label }, svg);
  const holder = h('div', {}, readout === undefined ? undefined : line, frame);
  let at: number | undefined;
  let dragFrom: number | undefined;

  function point(bucket: number | undefined): void {
    at = bucket;
    cursor.setAttribute('visibility', bucket === undefined ? 'hidden' : 'visible');
    if (bucket === undefined || readout === undefined) return void delete frame.dataset['at'];
    frame.dataset['at'] = String(starts[bucket]!);
    const middle = (starts[bucket]! + (starts[bucket + 1] ?? span.to)) / 2;
    cursor.setAttribute('x1', String(area.x(middle)));
    cursor.setAttribute('x2', String(area.x(middle)));
    line.textContent = readout(bucket);
  }

  function instantOf(event: PointerEvent): number {
    const box = svg.getBoundingClientRect();
    const share = (event.clientX - box.left - area.left) / (area.right - area.left);
    return span.from + Math.min(1, Math.max(0, share)) * (span.to - span.from);
  }

  if (readout !== undefined && starts.length > 0) {
    line.textContent = readout(starts.length - 1);
    frame.addEventListener('keydown', (event) => {
      const last = starts.length - 1;
      const moves: Readonly<Record<string, number>> = {
        ArrowLeft: Math.max(0, (at ?? last + 1) - 1),
        ArrowRight: Math.min(last, (at ?? last - 1) + 1),
        Home: 0,
        End: last,
      };
      const move = moves[event.key];
      const around = starts[at ?? last]!;
      if (move !== undefined) point(move);
      else if (spec.onZoom === undefined || spec.bounds === undefined) return;
      else if (event.key === '+' || event.key === '=') spec.onZoom(zoom(span, around, 0.5, spec.bounds));
      else if (event.key === '-') spec.onZoom(zoom(span, around, 2, spec.bounds));
      else if (event.key === '0' || event.key === 'Escape') spec.onZoom(undefined);
      else return;
      event.preventDefault();
    });
    // A page drawn anew puts the cursor back where it was.
    frame.addEventListener('restore', ({ detail }) => point(bucketAt(starts, detail)));
    frame.addEventListener('blur', () => point(undefined));
    svg.addEventListener('pointermove', (event) => {
      const now = instantOf(event);
      point(bucketAt(starts, now));
      if (dragFrom === undefined) return;
      const [a, b] = [area.x(Math.min(dragFrom, now)), area.x(Math.max(dragFrom, now))];
      chosen.setAttribute('x', String(a));
      chosen.setAttribute('width', String(b - a));
      chosen.setAttribute('visibility', 'visible');
    });
    svg.addEventListener('pointerleave', () => dragFrom === undefined && point(undefined));
    svg.addEventListener('pointerdown', (event) => {
      if (spec.onZoom === undefined || event.button !== 0) return;
      dragFrom = instantOf(event);
      svg.setPointerCapture(event.pointerId);
    });
    svg.addEventListener('pointerup', (event) => {
      const [a, b] = [dragFrom ?? 0, instantOf(event)];
      const wide = dragFrom !== undefined && Math.abs(area.x(a) - area.x(b)) > 8;
      dragFrom = undefined;
      chosen.setAttribute('visibility', 'hidden');
      if (wide) spec.onZoom?.({ from: Math.round(Math.min(a, b)), to: Math.round(Math.max(a, b)) });
    });
    svg.addEventListener('pointercancel', () => (dragFrom = undefined));
  }
  line.title = words.t('Arrow keys read, + and - zoom, 0 shows all');
  return holder;
}

function axes({ words, span, sayValue }: PlotSpec, area: Area, values: readonly number[]): readonly SVGElement[] {
  const offsetMs = zoneOffset(words, span.to);
  const { ticks, unit } = timeTicks(span, Math.max(2, Math.floor((area.right - area.left) / 70)), offsetMs);
  const time = dateFormat(words, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = dateFormat(words, { day: 'numeric', month: 'short' });
  const month = dateFormat(words, { month: 'short' });
  // Midnight is said as the day that begins with it.
  const sayTick = (at: number): string =>
    (unit === 'month' ? month : unit === 'day' || (at + offsetMs) % DAY_MS === 0 ? day : time).format(at);
  return [
    ...(sayValue === undefined ? [] : values).flatMap((value) => [
      s('line', {
        class: value === 0 ? 'axis' : 'grid',
        x1: area.left,
        x2: area.right,
        y1: area.y(value),
        y2: area.y(value),
      }),
      s('text', { class: 'tick', x: area.left - 6, y: area.y(value) + 3.5, 'text-anchor': 'end' }, sayValue?.(value)),
    ]),
    ...ticks.map((at) =>
      s(
        'text',
        {
          class: 'tick',
          x: Math.min(Math.max(area.x(at), area.left + 8), area.right - 10),
          y: area.bottom + 15,
          'text-anchor': 'middle',
        },
        sayTick(at),
      ),
    ),
  ];
}

/** Offset from UTC in ms, read off the words of a formatter: pages have no other door to it. */
function zoneOffset(words: Words, at: number): number {
  const name = dateFormat({ ...words, locale: 'en' }, { timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '') ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
