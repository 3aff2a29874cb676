import type { Voice } from './voice.ts';

/** `2 open flags` */
export function sayOpenFlags({ t }: Voice, count: number): string {
  return count === 1 ? t('1 open flag') : t('{0} open flags', count);
}
