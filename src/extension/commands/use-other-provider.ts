import { packFor } from '../../policies/list.ts';
import { otherProviderPage } from '../present/other-provider-page.ts';
import { readPromptPlan } from '../settings.ts';
import type { CommandDeps } from './command-deps.ts';
import { subjectOf } from './subject-of.ts';

/** Explains how to send what a plan does not cover through an API key. Changes nothing. */
export async function useOtherProvider({ voice, pages, state }: CommandDeps, argument?: unknown): Promise<void> {
  const named = subjectOf(argument);
  const { snapshot } = state.current();
  const flag = snapshot?.flags.find(({ id }) => id === named);
  const pack = packFor(flag?.providerId ?? readPromptPlan().plan, snapshot?.userPacks);
  const plan = pack?.name ?? voice.t('your plan');
  await pages.showMarkdown(`${voice.t('Planward: API key')}.md`, otherProviderPage(voice, plan));
}
