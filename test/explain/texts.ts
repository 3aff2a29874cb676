import type { Text } from '../../src/core/text.ts';

/** Every Text inside a value, with the path to it. */
export function textsIn(value: unknown, path = ''): readonly (readonly [path: string, text: Text])[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('en' in value && 'zh' in value) return [[path, value as Text]];
  return Object.entries(value).flatMap(([key, part]) => textsIn(part, `${path}/${key}`));
}

/** True where both languages are there and the Chinese one is Chinese. */
export function isWhole({ en, zh }: Text): boolean {
  return (
    en.trim() !== '' &&
    /\p{Script=Han}/u.test(zh) &&
    !/\p{Script=Han}/u.test(en) &&
    !/undefined|NaN|\[object/.test(en + zh)
  );
}
