import { window } from 'vscode';
import { GROUPINGS, type FlagGrouping } from '../present/group-flags.ts';
import type { CommandDeps } from './command-deps.ts';

/** Chooses what stands together in the *Violations* view; remembered. */
export async function groupViolations({ voice, grouping, state }: CommandDeps): Promise<void> {
  const { t } = voice;
  const names: Record<FlagGrouping, string> = {
    rule: t('By rule'),
    agent: t('By agent'),
    day: t('By day'),
  };
  const now = grouping.current();
  const rows = GROUPINGS.map((by) => ({ label: names[by], ...(by === now ? { description: t('now') } : {}), by }));
  const picked = await window.showQuickPick(rows, { title: t('Planward: group violations') });
  if (picked === undefined || picked.by === now) return;
  await grouping.choose(picked.by);
  state.redraw();
}
