import type { ErrorCatalogue } from '../../core/error-code.ts';
import { languageOf } from '../../core/text.ts';
import { plainText } from './plain-text.ts';
import type { Voice } from './voice.ts';

/** A row of *Explain an Error Code…*. `code` is what is explained, for `providerId` where a vendor is known. */
export interface CodePick {
  readonly label: string;
  readonly description: string;
  readonly code: string;
  readonly providerId: string | undefined;
}

/** Every code of every vendor; first, where something was typed, that text as it is, so that unlisted errors are read too. */
export function presentCodePicks(voice: Voice, catalogues: readonly ErrorCatalogue[], typed: string): CodePick[] {
  const language = languageOf(voice.locale);
  const text = typed.trim();
  const asTyped: CodePick[] =
    text === ''
      ? []
      : [
          {
            label: `$(question) ${voice.t('Explain “{0}”', plainText(text, 60))}`,
            description: voice.t('as typed or pasted'),
            code: text,
            providerId: undefined,
          },
        ];
  const listed = catalogues.flatMap(({ name, providerIds, codes }) =>
    codes.map((entry) => ({
      label: plainText(entry.code, 48),
      description: `${plainText(name, 40)} · ${plainText(entry.title[language], 80)}`,
      code: entry.code,
      providerId: providerIds[0],
    })),
  );
  // A whole code that is listed comes before the raw text: Enter means the code.
  const exact = listed.filter(({ code }) => code.toLowerCase() === text.toLowerCase());
  return [...exact, ...asTyped, ...listed.filter((row) => !exact.includes(row))];
}
