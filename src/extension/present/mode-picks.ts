import type { RelaySettings } from '../../protocol/relay-settings.ts';
import { packs } from '../../policies/list.ts';
import { findProvider } from '../../providers/list.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { nameProvider } from './exchange-words.ts';
import type { ScopeMode } from '../../core/scope-mode.ts';
import type { Voice } from './voice.ts';

export interface ModeProvider {
  readonly label: string;
  readonly description: string;
  readonly providerId: string;
}

/** Providers whose terms are known, those in use first. */
export function presentModeProviders(
  voice: Voice,
  snapshot: Snapshot | undefined,
  modes: RelaySettings['modes'],
): ModeProvider[] {
  const seen = new Set((snapshot?.agents ?? []).map(({ providerId }) => providerId));
  const known = packs.flatMap(({ providers }) => providers).filter((id) => findProvider(id) !== undefined);
  return [...new Set(known)]
    .toSorted((a, b) => Number(seen.has(b)) - Number(seen.has(a)))
    .map((providerId) => ({
      label: nameProvider(snapshot, providerId),
      description: nameMode(voice, modes[providerId] ?? 'observe'),
      providerId,
    }));
}

export function nameMode({ t }: Voice, mode: ScopeMode): string {
  return { observe: t('observe'), warn: t('warn'), hold: t('hold'), block: t('block') }[mode];
}

/** The modes with what each means. */
export function presentModes({
  t,
}: Voice): { readonly label: string; readonly detail: string; readonly mode: ScopeMode }[] {
  return [
    {
      label: t('Observe'),
      detail: t('Every request goes through at once. What may lie outside the terms is flagged afterwards.'),
      mode: 'observe',
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
