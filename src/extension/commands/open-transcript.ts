import { window } from 'vscode';
import type { Snapshot } from '../../core/snapshot.ts';
import type { TranscriptView } from '../../core/transcript.ts';
import { nameAgent, nameProvider } from '../present/exchange-words.ts';
import { formatClock } from '../present/instant.ts';
import { presentTranscriptPicks } from '../present/transcript-picks.ts';
import type { CommandDeps } from './command-deps.ts';
import { sayDone } from './say-failure.ts';
import { subjectOf } from './subject-of.ts';

/** Opens the live transcript of a session: of a flag, of an agent, or one that is chosen. */
export async function openTranscript(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { voice, state, transcripts } = deps;
  const { t } = voice;
  const { snapshot } = state.current();
  if (snapshot === undefined || (snapshot.transcripts ?? []).length === 0) {
    return sayDone(t('No session can be read yet: none has sent a turn since the relay started.'));
  }
  const named = subjectOf(argument);
  const flag = snapshot.flags.find(({ id }) => id === named);
  const found = flag === undefined ? undefined : await transcriptOfFlag(deps, snapshot, flag);
  if (flag !== undefined && found === undefined) {
    return sayDone(
      t('The turn of this flag is not kept any more: only the newest ones are, in the memory of the relay.'),
    );
  }
  const view = found ?? (await choose(deps, snapshot, named));
  if (view === undefined) return;
  const agent = nameAgent(snapshot, view.agentId) ?? t('Unrecognised agent');
  const title = `${agent} → ${nameProvider(snapshot, view.providerId)} ${formatClock(voice, view.firstAt).replaceAll(':', '.')}`;
  await transcripts.open(view.id, title, flag?.id);
}

/** The session in which a flagged turn stands: looked for in those of its agent, newest first. */
async function transcriptOfFlag(
  { controls }: CommandDeps,
  { transcripts = [] }: Snapshot,
  flag: { readonly id: string; readonly agentId: string; readonly providerId: string },
): Promise<TranscriptView | undefined> {
  for (const view of transcripts) {
    if (view.agentId !== flag.agentId || view.providerId !== flag.providerId || view.flags === 0) continue;
    const fetched = await controls.transcript(view.id);
    if (fetched.ok && fetched.value.turns.some(({ flagIds }) => flagIds.includes(flag.id))) return view;
  }
  return undefined;
}

async function choose(
  { voice }: CommandDeps,
  snapshot: Snapshot,
  agentId: string | undefined,
): Promise<TranscriptView | undefined> {
  const { t } = voice;
  const rows = presentTranscriptPicks(voice, snapshot, Date.now());
  const ofAgent = rows.filter(({ view }) => view.agentId === agentId);
  if (ofAgent.length === 1) return ofAgent[0]!.view;
  const picked = await window.showQuickPick(ofAgent.length > 0 ? ofAgent : rows, {
    title: t('Planward: open a transcript'),
    placeHolder: t('Session of an agent'),
    matchOnDescription: true,
  });
  return picked?.view;
}
