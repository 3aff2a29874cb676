import { s } from './dom.ts';

/** Strokes over a colour, so that series differ without it: none, hatches both ways, dots, crosses, bars. */
const STROKES = [
  '',
  'M0 6 L6 0',
  'M0 0 L6 6',
  'M3 2.5 v1',
  'M0 3 h6 M3 0 v6',
  'M0 3 h6',
  'M3 0 v6',
  'M0 0 L6 6 M0 6 L6 0',
  'M1 1 v1 M4 4 v1',
];

/** Fills of series, for one drawing: `fill(i)` names the i-th. Colours stand in the style sheet. */
export function patterns(
  prefix: string,
  count: number,
): { readonly defs: SVGElement; readonly fill: (i: number) => string } {
  const made = Array.from({ length: count }, (_, i) =>
    s(
      'pattern',
      { id: `${prefix}-${i}`, width: 6, height: 6, patternUnits: 'userSpaceOnUse' },
      s('rect', { width: 6, height: 6, class: `tone-${i % 9}` }),
      STROKES[i % 9] === '' ? undefined : s('path', { d: STROKES[i % 9], class: 'ink' }),
    ),
  );
  return { defs: s('defs', {}, ...made), fill: (i) => `url(#${prefix}-${i})` };
}

/** The same as a small square, for a legend. */
export function swatch(prefix: string, i: number): SVGElement {
  const { defs, fill } = patterns(prefix, i + 1);
  return s(
    'svg',
    { width: 12, height: 12, viewBox: '0 0 12 12', class: 'swatch', 'aria-hidden': 'true' },
    defs,
    s('rect', { width: 12, height: 12, rx: 2, fill: fill(i) }),
  );
}
