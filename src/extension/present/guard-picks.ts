import type { Guard } from '../../core/guard.ts';
import type { QuotaWindow } from '../../core/quota-window.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { nameProvider } from './exchange-words.ts';
import type { GuardChange } from './guard-edit.ts';
import { sayGuardSettings, sayLine } from './guard-words.ts';
import { nameWindow } from './quota-words.ts';
import type { Voice } from './voice.ts';

export interface GuardProviderPick {
  readonly label: string;
  readonly description: string;
  readonly providerId: string;
}

/** Providers in use and those that have a guard, with what it is set to. */
export function presentGuardProviders(
  voice: Voice,
  snapshot: Snapshot | undefined,
  guards: Readonly<Record<string, Guard>>,
): readonly GuardProviderPick[] {
  const ids = [...(snapshot?.accounts ?? []).map(({ providerId }) => providerId), ...Object.keys(guards)];
  return [...new Set(ids)].map((providerId) => ({
    label: nameProvider(snapshot, providerId),
    description: sayGuardSettings(voice, guards[providerId]),
    providerId,
  }));
}

export interface GuardPick {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
  /** What is asked for next: a share for this line, or nothing. */
  readonly ask?: (percent: number | undefined) => GuardChange;
  readonly change?: GuardChange;
}

/** What can be set for a provider, each with how it stands. */
export function presentGuard(
  voice: Voice,
  guard: Guard | undefined,
  windows: readonly QuotaWindow[],
  hasPeak: boolean,
): readonly GuardPick[] {
  const { t } = voice;
  const named = new Map(windows.map((window) => [window.id, nameWindow(voice, window)]));
  for (const { window } of guard?.budgets ?? []) if (!named.has(window)) named.set(window, window);
  const budgets = [...named].flatMap(([id, name]): GuardPick[] => {
    const budget = guard?.budgets?.find(({ window }) => window === id);
    return (['soft', 'hard'] as const).map((line) => ({
      label: line === 'soft' ? t('{0}: soft budget', name) : t('{0}: hard budget', name),
      description: sayLine(voice, budget?.[line]),
      detail:
        line === 'soft' ? t('Said once per window; requests go on.') : t('Requests wait for the reset of this window.'),
      ask: (percent) => ({ kind: 'budget', window: id, line, percent }),
    }));
  });
  const on = guard?.offPeakOnly === true;
  return [
    {
      label: t('Pause near the limit'),
      description: guard?.pauseAtPercent === undefined ? t('off') : `${guard.pauseAtPercent}%`,
      detail: t('Requests wait once any window is used to this share, and go on at its reset.'),
      ask: (percent) => ({ kind: 'pause', percent }),
    },
    ...(hasPeak || on
      ? [
          {
            label: t('Hold requests in peak hours'),
            description: on ? t('on') : t('off'),
            detail: t('Requests wait while the plan counts more for them.'),
            change: { kind: 'peak' as const, on: !on },
          },
        ]
      : []),
    ...budgets,
    ...(guard === undefined
      ? []
      : [{ label: t('Take all guards away'), description: '', change: { kind: 'none' as const } }]),
  ];
}

export interface SharePick {
  readonly label: string;
  /** Undefined: off. `other`: it is typed. */
  readonly percent: number | 'other' | undefined;
}

export function presentShares({ t }: Voice): readonly SharePick[] {
  return [
    ...[80, 90, 95, 98].map((percent) => ({ label: `${percent}%`, percent })),
    { label: t('Another share…'), percent: 'other' },
    { label: t('Off'), percent: undefined },
  ];
}

/** A share as somebody types it: `85`, `85 %`; undefined where it is none from 1 to 100. */
export function readShare(typed: string): number | undefined {
  const match = /^\s*(\d{1,3})\s*%?\s*$/.exec(typed);
  const percent = match === null ? 0 : Number(match[1]);
  return percent >= 1 && percent <= 100 ? percent : undefined;
}
