/** English text with `{0}` places, and what goes there, in the user's language. */
export type Translate = (message: string, ...args: readonly (string | number)[]) => string;

/** How the page speaks: the window's language, the relay's time zone. */
export interface Words {
  readonly t: Translate;
  readonly locale: string;
  readonly zone: string;
}

/** Making a formatter takes far longer than using one, and a page asks for the same few a hundred times. */
const numbers = new Map<string, Intl.NumberFormat>();
export function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = numbers.get(key);
  // Plain English, whatever its dates: 1.2M, not 1.2m.
  if (format === undefined) {
    numbers.set(key, (format = new Intl.NumberFormat(locale === 'en-GB' ? 'en' : locale, options)));
  }
  return format;
}

const instants = new Map<string, Intl.DateTimeFormat>();
export function dateFormat({ locale, zone }: Words, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${JSON.stringify(options)}`;
  let format = instants.get(key);
  if (format === undefined) {
    instants.set(key, (format = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options })));
  }
  return format;
}

export function createWords(locale: string, zone: string, bundle: Readonly<Record<string, string>>): Words {
  const language = locale === 'en' ? 'en-GB' : locale;
  return {
    locale: language,
    zone,
    t: (message, ...args) =>
      (bundle[message] ?? message).replace(/\{(\d+)\}/g, (place, index) => String(args[Number(index)] ?? place)),
  };
}

/** `1.2M`, `340K`, `12`: tabular, for axes and readouts. */
export function sayCount({ locale }: Words, count: number): string {
  const few = Math.abs(count) < 1000;
  return numberFormat(locale, {
    notation: few ? 'standard' : 'compact',
    maximumFractionDigits: few && Number.isInteger(count) ? 0 : 1,
  }).format(count);
}

/** `62%`; under one percent with a decimal. */
export function sayShare({ locale }: Words, fraction: number): string {
  const small = fraction > 0 && fraction < 0.0095;
  return numberFormat(locale, { style: 'percent', maximumFractionDigits: small ? 1 : 0 }).format(fraction);
}

/** `$1.20` */
export function sayMoney({ locale }: Words, usdMicros: number): string {
  return numberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
  }).format(usdMicros / 1_000_000);
}

/** An instant as exactly as its bucket is wide: `22 Nov`, `Sun 22, 14:05`. */
export function sayInstant(words: Words, at: number, widthMs: number): string {
  const day = widthMs >= 86_400_000 * 0.9;
  return dateFormat(words, {
    day: 'numeric',
    month: 'short',
    ...(day ? { year: 'numeric' as const } : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' as const }),
  }).format(at);
}
