import { presentExplanation } from '../present/explanation-page.ts';
import type { CommandDeps } from './command-deps.ts';
import { sayDone } from './say-failure.ts';
import { subjectOf } from './subject-of.ts';

/** Shows what is known of an incident, of the newest where none is named. The page stays as it was when it was opened. */
export async function explainLastError({ voice, state, pages }: CommandDeps, argument?: unknown): Promise<void> {
  const { snapshot } = state.current();
  const named = subjectOf(argument);
  const incident = snapshot?.incidents.find(({ id }) => named === undefined || id === named) ?? snapshot?.incidents[0];
  if (incident === undefined) return sayDone(voice.t('No provider has refused anything yet.'));
  const code = incident.explanation.code.replace(/[^\w.-]+/g, '-').slice(0, 40) || 'error';
  const page = presentExplanation(voice, incident.explanation, { incident, snapshot });
  await pages.showMarkdown(`${voice.t('Incident')} ${code} ${incident.id.slice(-6)}.md`, page);
}
