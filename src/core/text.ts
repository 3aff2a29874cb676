/** One text for people in every language Planward speaks: English and Simplified Chinese. Neither is ever empty. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

export type Language = keyof Text;

export function text(en: string, zh: string): Text {
  return { en, zh };
}

/** The language for a BCP 47 tag or a POSIX locale (`zh-cn`, `zh_CN.UTF-8`); English for anything else. */
export function languageOf(locale: string | undefined): Language {
  return locale !== undefined && /^zh\b|^zh_/i.test(locale) ? 'zh' : 'en';
}

/** Texts one after another; blanks stand between English sentences and not between Chinese ones. Undefined ones are left out. */
export function joinTexts(texts: readonly (Text | undefined)[]): Text {
  const given = texts.filter((each) => each !== undefined);
  return { en: given.map((each) => each.en).join(' '), zh: given.map((each) => each.zh).join('') };
}
