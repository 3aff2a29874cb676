import { packs } from '../../policies/list.ts';
import { findProvider } from '../../providers/list.ts';
import type { ScopeMode, ScopeModes } from '../../core/scope-mode.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { nameProvider } from './exchange-words.ts';
import { plainText } from './plain-text.ts';
import type { Voice } from './voice.ts';

/** What a mode is set for. */
export interface ModeSubject {
  readonly label: string;
  readonly description: string;
  /** `zai`, or `zai/glm-pro` for one plan. */
  readonly key: string;
}

/** Providers whose terms are known, those in use first, each followed by the plans seen of it. */
export function presentModeSubjects(voice: Voice, snapshot: Snapshot | undefined, modes: ScopeModes): ModeSubject[] {
  const seen = new Set((snapshot?.agents ?? []).map(({ providerId }) => providerId));
  const known = packs.flatMap(({ providers }) => providers).filter((id) => findProvider(id) !== undefined);
  return [...new Set(known)]
    .toSorted((a, b) => Number(seen.has(b)) - Number(seen.has(a)))
    .flatMap((providerId) => [providerId, ...plansOf(snapshot, providerId).map((planId) => `${providerId}/${planId}`)])
    .map((key) => ({ key, label: nameModeKey(snapshot, key), description: describe(voice, modes, key) }));
}

function plansOf(snapshot: Snapshot | undefined, providerId: string): readonly string[] {
  const plans = (snapshot?.accounts ?? []).filter((account) => account.providerId === providerId);
  return [...new Set(plans.flatMap(({ planId }) => (planId === undefined ? [] : [planId])))];
}

function describe(voice: Voice, modes: ScopeModes, key: string): string {
  const mode = modes[key];
  if (mode !== undefined) return nameMode(voice, mode);
  return key.includes('/') ? voice.t('as its provider') : nameMode(voice, 'observe');
}

/** `Z.AI`, `Z.AI: GLM Coding Plan Pro` */
export function nameModeKey(snapshot: Snapshot | undefined, key: string): string {
  const [providerId = '', planId] = key.split('/');
  const provider = nameProvider(snapshot, providerId);
  if (planId === undefined) return provider;
  const plan = findProvider(providerId)?.plans.find(({ id }) => id === planId);
  return `${provider}: ${plainText(plan?.name ?? planId, 40)}`;
}

export function nameMode({ t }: Voice, mode: ScopeMode): string {
  return { observe: t('observe'), warn: t('warn'), hold: t('hold'), block: t('block') }[mode];
}

/** The modes with what each means. */
export function presentModes(
  { t }: Voice,
  hold: { readonly holdSeconds: number; readonly holdDefault: 'send' | 'stop' },
): { readonly label: string; readonly detail: string; readonly mode: ScopeMode }[] {
  return [
    {
      label: t('Observe'),
      detail: t('Every request goes through at once. What may lie outside the terms is flagged afterwards.'),
      mode: 'observe',
    },
    {
      label: t('Warn'),
      detail: t(
        'Every request goes through. What may lie outside the terms is told as it comes, before its answer is there.',
      ),
      mode: 'warn',
    },
    {
      label: t('Hold'),
      detail:
        hold.holdDefault === 'send'
          ? t(
              'A turn that clearly lies outside the terms waits {0} s for your word, then it is sent. Without an open window nothing waits.',
              hold.holdSeconds,
            )
          : t(
              'A turn that clearly lies outside the terms waits {0} s for your word, then it is stopped. Without an open window it is stopped at once.',
              hold.holdSeconds,
            ),
      mode: 'hold',
    },
    {
      label: t('Block'),
      detail: t(
        'A turn that clearly lies outside the terms is answered by Planward and not sent. Unsure ones go through.',
      ),
      mode: 'block',
    },
  ];
}
