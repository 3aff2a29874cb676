import type { RelayConnection } from '../../client/watch-relay.ts';
import { bindingWindow } from '../../core/quota-window.ts';
import type { QuotaWindow } from '../../core/quota-window.ts';
import type { AccountView } from '../../core/snapshot.ts';
import { chooseAccount } from './choose-account.ts';
import { formatPercent, speakPercent } from './figures.ts';
import { formatInstant } from './instant.ts';
import { plainText } from './plain-text.ts';
import { nameWindowTight, speakWindow, standingOf } from './quota-words.ts';
import { describeConnection } from './relay-words.ts';
import { formatAge, formatSpanTight, speakSpan } from './span.ts';
import { sayBalance } from './usage-words.ts';
import type { Voice } from './voice.ts';

/** What the user chose for the meter: settings `planward.meter.*`. */
export interface MeterTaste {
  readonly format: 'percentAndReset' | 'percent' | 'allWindows';
  /** Show what is left instead of what is used. */
  readonly showRemaining: boolean;
}

/** `warning` and `error` have a background, `dimmed` a faint text; colour never says anything the text does not. */
export type Tone = 'normal' | 'dimmed' | 'warning' | 'error';

export interface MeterView {
  /** Status bar text with codicons. */
  readonly text: string;
  readonly tone: Tone;
  /** The same as one spoken sentence. */
  readonly label: string;
  /** What a click does. */
  readonly command: 'planward.showPlanUsage' | 'planward.startRelay' | 'planward.showLog';
}

/**
 * The status bar meter. First match wins:
 *
 * | connection | shows |
 * | --- | --- |
 * | lost | relay off, a click starts it |
 * | starting | a spinner |
 * | unknown | a question mark and the word |
 * | live, no account seen | waiting for the first request |
 * | live, a balance and nothing else | what is left of it |
 * | live, no figure known | the plan and "usage unknown", never 0 % |
 * | live, window has reset since | the plan and "reset" |
 * | live, window spent | when it resets |
 * | live | percent, and time to the reset; dimmed with its age where stale |
 */
export function presentMeter(
  voice: Voice,
  connection: RelayConnection,
  taste: MeterTaste,
  port: number,
  now: number,
): MeterView {
  const { t } = voice;
  const why = describeConnection(voice, connection, port);
  switch (connection.state) {
    case 'lost':
      return {
        text: `$(debug-disconnect) ${t('Planward: relay off')}`,
        tone: 'normal',
        label: t('Planward: relay off. {0} Press to start it.', why),
        command: 'planward.startRelay',
      };
    case 'starting':
      return {
        text: '$(sync~spin) Planward',
        tone: 'normal',
        label: t('Planward: {0}', why),
        command: 'planward.showLog',
      };
    case 'unknown':
      return {
        text: `$(question) ${t('Planward: unknown')}`,
        tone: 'dimmed',
        label: t('Planward: {0}', why),
        command: 'planward.showLog',
      };
    case 'live':
      return presentLive(voice, connection, taste, now);
    default:
      connection.state satisfies never;
      throw new Error('not a state');
  }
}

function presentLive(voice: Voice, { snapshot }: RelayConnection, taste: MeterTaste, now: number): MeterView {
  const { t } = voice;
  const command = 'planward.showPlanUsage';
  const account = chooseAccount(snapshot?.accounts ?? [], now);
  if (account === undefined) {
    const label = t('Planward: the relay is running and waits for the first request of an agent.');
    return { text: '$(pulse) Planward', tone: 'normal', label, command };
  }
  const short = plainText(account.shortName, 20);
  const plan = namePlan(account);
  const window = bindingWindow(account.windows);
  if (window === undefined || window.usedFraction === undefined) {
    const balance = account.windows.map((each) => sayBalance(voice, each)).find((left) => left !== undefined);
    if (balance !== undefined) {
      return { text: `$(pulse) ${short} ${balance}`, tone: 'normal', label: t('{0}: {1}.', plan, balance), command };
    }
    const label = t('{0}: how much is used is not known.', plan);
    return { text: `$(question) ${t('{0} usage unknown', short)}`, tone: 'dimmed', label, command };
  }
  const standing = standingOf(window, now);
  if (standing === 'expired') {
    const label = t(
      '{0}: the {1} has reset since the last reading; its use is not known yet.',
      plan,
      speakWindow(voice, window),
    );
    return { text: `$(refresh) ${t('{0} reset', short)}`, tone: 'dimmed', label, command };
  }
  const label = speakUse(voice, plan, window, window.usedFraction, taste, now);
  if (window.level === 'exhausted') return presentSpent(voice, short, window, label, now);
  if (standing === 'stale') {
    const age = formatAge(voice, now - (window.seenAt ?? now));
    return {
      text: `$(clock) ${short} ${usePercent(voice, window.usedFraction, taste)} (${age})`,
      tone: 'dimmed',
      label: t('{0} This was read {1}.', label, age),
      command,
    };
  }
  const low = window.level === 'low';
  const icon = low ? '$(warning)' : '$(pulse)';
  return {
    text: `${icon} ${short} ${figures(voice, account, window, taste, now)}`,
    tone: low ? 'warning' : 'normal',
    label,
    command,
  };
}

function presentSpent(voice: Voice, short: string, window: QuotaWindow, label: string, now: number): MeterView {
  const { t } = voice;
  const text =
    window.resetsAt === undefined
      ? t('{0} used up', short)
      : t('{0} resets {1}', short, formatInstant(voice, window.resetsAt, now));
  return { text: `$(flame) ${text}`, tone: 'error', label, command: 'planward.showPlanUsage' };
}

function figures(voice: Voice, account: AccountView, binding: QuotaWindow, taste: MeterTaste, now: number): string {
  const percent = usePercent(voice, binding.usedFraction ?? 0, taste);
  switch (taste.format) {
    case 'percent':
      return percent;
    case 'percentAndReset':
      return binding.resetsAt === undefined
        ? percent
        : `${percent} · ${formatSpanTight(voice, binding.resetsAt - now)}`;
    case 'allWindows': {
      const known = account.windows.filter((window) => ['fresh', 'stale'].includes(standingOf(window, now)));
      const left = taste.showRemaining ? ` ${voice.t('left')}` : '';
      return (
        known
          .slice(0, 3)
          .map((window) => `${nameWindowTight(voice, window)} ${formatPercent(shown(window.usedFraction ?? 0, taste))}`)
          .join(' · ') + left
      );
    }
    default:
      taste.format satisfies never;
      return percent;
  }
}

function shown(fraction: number, taste: MeterTaste): number {
  return taste.showRemaining ? Math.max(0, 1 - fraction) : fraction;
}

function usePercent({ t }: Voice, fraction: number, taste: MeterTaste): string {
  const percent = formatPercent(shown(fraction, taste));
  return taste.showRemaining ? t('{0} left', percent) : percent;
}

function speakUse(
  voice: Voice,
  plan: string,
  window: QuotaWindow,
  fraction: number,
  taste: MeterTaste,
  now: number,
): string {
  const { t } = voice;
  const percent = speakPercent(voice, shown(fraction, taste));
  const name = speakWindow(voice, window);
  const use = taste.showRemaining
    ? t('{0}: {1} of the {2} left', plan, percent, name)
    : t('{0}: {1} of the {2} used', plan, percent, name);
  return window.resetsAt === undefined
    ? t('{0}.', use)
    : t('{0}, resets in {1}.', use, speakSpan(voice, window.resetsAt - now));
}

/** `GLM Coding Plan Pro`; the provider's name where the plan is not known. */
export function namePlan(account: AccountView): string {
  return plainText(account.planName ?? account.providerName, 60);
}
