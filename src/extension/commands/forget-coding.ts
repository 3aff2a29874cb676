import { window } from 'vscode';
import { formatDate } from '../present/instant.ts';
import type { CommandDeps } from './command-deps.ts';
import { sayDone, sayFailure } from './say-failure.ts';

/**
 * Takes back what was called coding: in this workspace (prompt files) and in the relay (turns of agents). Only hashes are
 * kept, so rows tell where and when, not what.
 */
export async function forgetCoding(deps: CommandDeps): Promise<void> {
  const { voice, settled, prompts, controls } = deps;
  const { t } = voice;
  const told = await controls.taught();
  const here = settled.list().map(({ id, kind, at }) => ({ id, at, kind, relay: false }));
  const relayed = (told.ok ? told.value : []).map(({ id, at }) => ({ id, at, kind: 'coding' as const, relay: true }));
  const rows = [...here, ...relayed]
    .toSorted((a, b) => b.at - a.at)
    .map(({ id, kind, at, relay }) => ({
      label: kind === 'coding' ? t('Called coding') : t('Dismissed'),
      description: [formatDate(voice, at), relay ? t('turns of agents') : t('prompt files of this workspace')].join(
        ' · ',
      ),
      id,
      relay,
    }));
  if (rows.length === 0) {
    return sayDone(
      told.ok
        ? t('No prompt was called coding or dismissed.')
        : t('No prompt was called coding or dismissed in this workspace; the relay could not be asked.'),
    );
  }
  // A single row is ticked, so that Enter alone takes it back.
  const offered = rows.map((row) => ({ ...row, picked: rows.length === 1 }));
  const picked = await window.showQuickPick(offered, {
    title: t('Planward: forget what was called coding'),
    canPickMany: true,
  });
  if (picked === undefined || picked.length === 0) return;
  const ids = (relay: boolean): string[] => picked.filter((row) => row.relay === relay).map(({ id }) => id);
  await settled.forget(ids(false));
  prompts.again();
  const ofRelay = ids(true);
  if (ofRelay.length > 0) {
    const done = await controls.forgetTaught(ofRelay);
    if (!done.ok) return sayFailure(deps, t('The relay did not forget. {0}', done.message));
  }
  sayDone(t('Forgotten: {0}.', picked.length));
}
