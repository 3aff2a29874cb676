import { window } from 'vscode';
import { formatDate } from '../present/instant.ts';
import type { CommandDeps } from './command-deps.ts';
import { sayDone } from './say-failure.ts';

/** Takes back what was called coding or dismissed in this workspace. Only hashes are kept, so rows tell when, not what. */
export async function forgetCoding({ voice, settled, prompts }: CommandDeps): Promise<void> {
  const { t } = voice;
  const rows = settled.list().map(({ id, kind, at }) => ({
    label: kind === 'coding' ? t('Called coding') : t('Dismissed'),
    description: formatDate(voice, at),
    id,
  }));
  if (rows.length === 0) return sayDone(t('No prompt was called coding or dismissed in this workspace.'));
  const picked = await window.showQuickPick(rows, {
    title: t('Planward: forget what was called coding here'),
    canPickMany: true,
  });
  if (picked === undefined || picked.length === 0) return;
  await settled.forget(picked.map(({ id }) => id));
  prompts.again();
  sayDone(t('Forgotten: {0}.', picked.length));
}
