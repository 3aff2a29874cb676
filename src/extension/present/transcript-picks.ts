import type { Snapshot } from '../../core/snapshot.ts';
import type { TranscriptView } from '../../core/transcript.ts';
import { nameAgent, nameProvider } from './exchange-words.ts';
import { formatCount } from './figures.ts';
import { plainText } from './plain-text.ts';
import { formatAge } from './span.ts';
import { sayOpenFlags } from './open-flags.ts';
import type { Voice } from './voice.ts';

/** The sessions that can be read, last seen first. */
export function presentTranscriptPicks(
  voice: Voice,
  snapshot: Snapshot,
  now: number,
): { readonly label: string; readonly description: string; readonly detail: string; readonly view: TranscriptView }[] {
  const { t } = voice;
  return (snapshot.transcripts ?? []).map((view) => {
    const folder = snapshot.workspaces?.find(({ workspaceKey }) => workspaceKey === view.workspaceKey)?.name;
    const turns = view.turns === 1 ? t('1 request') : t('{0} requests', formatCount(voice, view.turns));
    return {
      label: nameAgent(snapshot, view.agentId) ?? t('Unrecognised agent'),
      description: [
        nameProvider(snapshot, view.providerId),
        ...(folder === undefined ? [] : [plainText(folder, 60)]),
      ].join(' · '),
      detail: [
        turns,
        formatAge(voice, now - view.lastAt),
        ...(view.flags === 0 ? [] : [sayOpenFlags(voice, view.flags)]),
      ].join(' · '),
      view,
    };
  });
}
