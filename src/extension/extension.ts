import { commands, env, l10n, window } from 'vscode';
import type { ExtensionContext } from 'vscode';
import { createApi, type PlanwardApi } from './api.ts';
import { once } from './once.ts';
import type { OpenWindow } from './open-window.ts';
import { sayOpenFlags } from './present/open-flags.ts';
import type { Voice } from './present/voice.ts';
import { COMMANDS } from './registry/commands.ts';
import { createState } from './state.ts';
import { createModelTools } from './surfaces/model-tools.ts';
import { createTreeView } from './surfaces/tree-view.ts';
import type { ViewId } from './trees.ts';

interface Manifest {
  readonly contributes: { readonly languageModelTools: readonly { readonly name: string }[] };
}

/**
 * Registers what VS Code may ask for and gives the API; that is all it does. The relay is looked for, and all code for it
 * loaded, once VS Code has gone on (open-window.ts); test/supply holds how little this file may bring.
 */
export function activate(context: ExtensionContext): PlanwardApi {
  const voice: Voice = { t: l10n.t, locale: env.language };
  const log = window.createOutputChannel('Planward', { log: true });
  const state = createState();
  const exported = createApi(state);
  const { contributes } = context.extension.packageJSON as Manifest;

  let ended = false;
  let opened: OpenWindow | undefined;
  const open = once(async () => {
    const { openWindow } = await import('./open-window.ts');
    opened = await openWindow({ context, voice, log, state });
    if (ended) opened.dispose();
    return opened;
  });
  const soon = setImmediate(() =>
    open().catch((error: unknown) => log.error(`Planward did not start: ${String(error)}`)),
  );
  const tree = (id: ViewId, extras: Parameters<typeof createTreeView>[4] = {}) =>
    createTreeView(id, voice, state, async () => await (await open()).present(id), extras);

  context.subscriptions.push(
    log,
    state,
    exported,
    {
      dispose() {
        ended = true;
        clearImmediate(soon);
        opened?.dispose();
      },
    },
    ...COMMANDS.map(({ id }) =>
      commands.registerCommand(id, async (argument: unknown) => await (await open()).run(id, argument)),
    ),
    tree('planward.plans'),
    tree('planward.agents', { onShown: () => opened?.look() }),
    tree('planward.violations', {
      badge: ({ state: now, snapshot }) => {
        const value = now === 'live' ? (snapshot?.flags.length ?? 0) : 0;
        return value === 0 ? undefined : { value, tooltip: sayOpenFlags(voice, value) };
      },
    }),
    tree('planward.incidents'),
    tree('planward.activity'),
    createModelTools(contributes.languageModelTools.map(({ name }) => name)),
  );
  return exported.api;
}

/** Nothing to do: what was made is disposed by VS Code, and the relay goes on without us. */
export function deactivate(): void {}
