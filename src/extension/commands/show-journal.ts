import { openJournal } from '../../connect/journal.ts';
import { presentJournal } from '../present/journal-page.ts';
import { readPlace } from '../settings.ts';
import type { CommandDeps } from './command-deps.ts';
import { sayFailure } from './say-failure.ts';

export async function showJournal(deps: CommandDeps): Promise<void> {
  const { voice, pages } = deps;
  const { home } = readPlace();
  try {
    const journal = openJournal(home);
    await pages.showMarkdown(
      `${voice.t('Connection journal')}.md`,
      presentJournal(voice, journal.entries(), journal.damaged()),
    );
  } catch (error) {
    sayFailure(deps, voice.t('The journal in {0} cannot be read: {1}', home, (error as Error).message));
  }
}
