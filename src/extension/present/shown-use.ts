import { formatPercent } from './figures.ts';
import type { MeterTaste } from './meter-view.ts';
import type { Voice } from './voice.ts';

/** Whether figures say what is used or what is left. */
export type UseTaste = Pick<MeterTaste, 'showRemaining'>;

/** The fraction that shows: used, or what is left of it. */
export function shownFraction(used: number, { showRemaining }: UseTaste): number {
  return showRemaining ? Math.max(0, 1 - used) : used;
}

/** `62%`, `38% left` */
export function sayShown({ t }: Voice, used: number, taste: UseTaste): string {
  const percent = formatPercent(shownFraction(used, taste));
  return taste.showRemaining ? t('{0} left', percent) : percent;
}
