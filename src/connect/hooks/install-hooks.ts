import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AgentHook, HookProgram } from '../../core/hook.ts';
import { bytesOf, hashOf, writeFile } from '../config-file.ts';
import { openJournal, type Connected } from '../journal.ts';
import { installHookProgram, writeOwnFiles, type HookSource } from './hook-program.ts';
import type { HookPlan } from './plan-hooks.ts';

export type HooksInstalled = { readonly ok: true } | { readonly ok: false; readonly message: string };

/**
 * Does what a plan says: our program and files into the home first, then for each file of the agent the journal and the
 * file. A failure leaves what was done before in the journal, so that it can be taken back. Never throws.
 */
export function installHooks(
  hook: AgentHook,
  program: HookProgram,
  plan: Extract<HookPlan, { ok: true }>,
  deps: { readonly home: string; readonly source: HookSource; readonly now: number; readonly newId: () => string },
): HooksInstalled {
  const { home } = deps;
  try {
    installHookProgram(home, deps.source);
    writeOwnFiles(home, hook.ownFiles?.(program) ?? {});
    for (const { file, format, text, executable, changes, splices } of plan.files) {
      const target = executable ? { ...file, mode: 0o700 } : file;
      const connected: Connected = {
        v: 1,
        act: 'connect',
        id: deps.newId(),
        at: deps.now,
        agentId: hook.agentId,
        what: 'hooks',
        path: file.path,
        target: file.target,
        format,
        existed: file.exists,
        beforeHash: file.hash ?? null,
        afterHash: hashOf(bytesOf(file, text)),
        madeFolders: [...missingFolders(dirname(file.target))],
        splices: [...splices],
        changes: [...changes],
      };
      const journal = openJournal(home);
      journal.append(connected);
      const written = writeFile(target, text);
      if (written.ok) continue;
      journal.append({ v: 1, act: 'disconnect', id: connected.id, at: deps.now, how: 'gone' });
      return { ok: false, message: `${written.message}.` };
    }
    return { ok: true };
  } catch (error) {
    return { ok: false, message: `${home} cannot be written: ${(error as Error).message}.` };
  }
}

function missingFolders(folder: string): readonly string[] {
  return existsSync(folder) ? [] : [...missingFolders(dirname(folder)), folder];
}
