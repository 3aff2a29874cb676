import type { QuotaUnit } from '../../core/rate-limit.ts';
import type { Voice } from './voice.ts';

/**
 * `62%`. Whole percents, except under 1 % (`0.4%`, `<0.1%`), where a whole number would say 0 of something that was used.
 * Below the full fraction it never says 100. `fraction` is 0..1 and may pass 1.
 */
export function formatPercent(fraction: number): string {
  return `${percentNumber(fraction)}%`;
}

/** The same to be read aloud: `62 percent`. */
export function speakPercent({ t }: Voice, fraction: number): string {
  return t('{0} percent', percentNumber(fraction));
}

function percentNumber(fraction: number): string {
  const percent = fraction * 100;
  if (percent <= 0) return '0';
  if (percent < 0.1) return '<0.1';
  if (percent < 0.95) return percent.toFixed(1);
  const whole = Math.round(percent);
  return String(whole === 100 && fraction < 1 ? 99 : whole);
}

/** `7,440` in the user's own grouping, without decimals. */
export function formatCount({ locale }: Voice, count: number): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(count);
}

/** `12.3K`: for rows with little room. */
export function formatCountTight({ locale }: Voice, count: number): string {
  return new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(count);
}

/**
 * `7,440 / 12,000 credits`, `7,440 credits` where the limit is not known, `$1.20 / $5.00` for money.
 * Undefined where nothing countable is known, and for `share`, which is no count.
 */
export function formatAmount(
  voice: Voice,
  amount: { readonly unit: QuotaUnit; readonly used: number | undefined; readonly limit: number | undefined },
): string | undefined {
  const { unit, used, limit } = amount;
  if (used === undefined || unit === 'share') return undefined;
  if (unit === 'usd-micros') {
    const money = (micros: number) =>
      new Intl.NumberFormat(voice.locale, { style: 'currency', currency: 'USD' }).format(micros / 1_000_000);
    return limit === undefined ? money(used) : `${money(used)} / ${money(limit)}`;
  }
  const figures =
    limit === undefined ? formatCount(voice, used) : `${formatCount(voice, used)} / ${formatCount(voice, limit)}`;
  return withUnit(voice, unit, figures);
}

function withUnit({ t }: Voice, unit: Exclude<QuotaUnit, 'share' | 'usd-micros'>, figures: string): string {
  switch (unit) {
    case 'requests':
      return t('{0} requests', figures);
    case 'tokens':
      return t('{0} tokens', figures);
    case 'prompts':
      return t('{0} prompts', figures);
    case 'credits':
      return t('{0} credits', figures);
    default:
      unit satisfies never;
      return figures;
  }
}

/** A bar of `cells` blocks. Anything used shows at least one block; only a full window shows all. */
export function drawBar(fraction: number, cells: number): string {
  const full = fullCells(fraction, cells);
  return '█'.repeat(full) + '░'.repeat(cells - full);
}

/** The same in dots, for the status bar, whose letters are not of one width. */
export function drawDots(fraction: number, cells: number): string {
  const full = fullCells(fraction, cells);
  return '●'.repeat(full) + '○'.repeat(cells - full);
}

function fullCells(fraction: number, cells: number): number {
  const inside = Math.min(1, Math.max(0, fraction));
  const full = Math.round(inside * cells);
  if (inside > 0 && full === 0) return 1;
  return inside < 1 && full === cells ? cells - 1 : full;
}
