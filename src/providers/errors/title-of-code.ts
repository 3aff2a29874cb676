import type { Text } from '../../core/text.ts';
import { errorCatalogues } from './list.ts';

/** What a code of a provider means, in a few words; undefined where no catalogue holds it. */
export function titleOfCode(providerId: string, code: string): Text | undefined {
  return errorCatalogues
    .filter(({ providerIds }) => providerIds.includes(providerId))
    .flatMap(({ codes }) => codes)
    .find((each) => each.code === code || each.aliases?.includes(code) === true)?.title;
}
