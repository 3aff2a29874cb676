import { dirname } from 'node:path';
import { existsSync } from 'node:fs';
import { bytesOf, hashOf, writeFile } from './config-file.ts';
import { openJournal, type Connected } from './journal.ts';
import type { ConnectPlan } from './plan-connection.ts';

export type ConnectResult =
  | { readonly ok: true; readonly connected: Connected | undefined }
  /** `changed`: the file was written meanwhile, plan again. `journal`: the home cannot be written. Nothing was changed. */
  | { readonly ok: false; readonly reason: 'changed' | 'unwritable' | 'journal'; readonly message: string };

/**
 * Does what a plan says: the journal first, so that a crash between the two leaves a note of what was meant, then the
 * file. `connected` is undefined where there was nothing to do. Never throws.
 */
export function connectAgent(
  plan: ConnectPlan,
  deps: { readonly home: string; readonly now: number; readonly newId: () => string },
): ConnectResult {
  const { file, format } = plan.found;
  if (plan.changes.length === 0) return { ok: true, connected: undefined };
  const connected: Connected = {
    v: 1,
    act: 'connect',
    id: deps.newId(),
    at: deps.now,
    agentId: plan.agent.id,
    path: file.path,
    target: file.target,
    format,
    existed: file.exists,
    beforeHash: file.hash ?? null,
    afterHash: hashOf(bytesOf(file, plan.text)),
    madeFolders: [...missingFolders(dirname(file.target))],
    splices: [...plan.splices],
    changes: [...plan.changes],
  };
  const journal = openJournal(deps.home);
  try {
    journal.append(connected);
  } catch (error) {
    const message = `Nothing was changed, because the journal in ${deps.home} cannot be written: ${(error as Error).message}.`;
    return { ok: false, reason: 'journal', message };
  }
  const written = writeFile(file, plan.text);
  if (written.ok) return { ok: true, connected };
  try {
    journal.append({ v: 1, act: 'disconnect', id: connected.id, at: deps.now, how: 'gone' });
  } catch {
    // The entry stays open; disconnecting finds nothing of it in the file.
  }
  return { ok: false, reason: written.reason, message: `${written.message}. Nothing was changed.` };
}

/** Folders that writing would make, outermost first. */
function missingFolders(folder: string): readonly string[] {
  return existsSync(folder) ? [] : [...missingFolders(dirname(folder)), folder];
}
