import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { window } from 'vscode';
import type { Disposable, ExtensionContext, LogOutputChannel } from 'vscode';
import { createDemo } from './demo.ts';
import { createMachine } from './machine.ts';
import { once } from './once.ts';
import type { Voice } from './present/voice.ts';
import { projectFolder } from './project-folder.ts';
import type { CommandId } from './registry/commands.ts';
import { readPlace } from './settings.ts';
import type { State } from './state.ts';
import { createDemoMark } from './surfaces/demo-mark.ts';
import { createLateDocuments } from './surfaces/late-documents.ts';
import { createPages } from './surfaces/pages.ts';
import { openSnooze } from './surfaces/snooze.ts';
import type { Present } from './surfaces/tree-view.ts';
import type { ViewId } from './trees.ts';

/** What `activate` made at once, and VS Code's own things. */
export interface WindowParts {
  readonly context: ExtensionContext;
  readonly voice: Voice;
  readonly log: LogOutputChannel;
  readonly state: State;
}

/** The extension at work in a window. */
export interface OpenWindow extends Disposable {
  /** `argument` is a row or a text, where the command was not run from the palette. */
  run(command: CommandId, argument: unknown): Promise<unknown>;
  present(view: ViewId): Promise<Present>;
  /** Reads the agents' own files again and draws. */
  look(): void;
}

const FIRST_LOOK_MS = 1500;

/**
 * Finds the relay, follows it and draws what it says. In steps with pauses, so that VS Code goes on between them; what nobody
 * has asked for yet (commands, views, the checking of prompts) is loaded when somebody does.
 */
export async function openWindow({ context, voice, log, state }: WindowParts): Promise<OpenWindow> {
  const { version } = context.extension.packageJSON as { version: string };
  const demo = createDemo(context.asAbsolutePath('dist/demo.cjs'), () => {
    demoMark.draw();
    watch.reopen();
  });
  const demoMark = createDemoMark(voice, demo);
  const { followRelay } = await import('./follow-relay.ts');
  const watch = followRelay(state, demo, { version, relayScript: context.asAbsolutePath('dist/relay.cjs') });
  await nextTurn();

  const machine = createMachine(projectFolder);
  const snooze = openSnooze(join(context.globalStorageUri.fsPath, 'snoozed-until'));
  const pages = createPages();
  const { createSurfaces } = await import('./surfaces/window-surfaces.ts');
  const parts: Disposable[] = [demoMark, demo, watch, pages];
  const kept = <T extends Disposable>(part: T): T => {
    parts.push(part);
    return part;
  };
  kept(createSurfaces({ context, voice, log, state, demo, machine, snooze }));

  const settled = once(async () => {
    const { openCodingHere } = await import('./coding-here.ts');
    return openCodingHere(context.workspaceState);
  });
  const prompts = once(async () => {
    const { createPromptDiagnostics } = await import('./surfaces/prompt-diagnostics.ts');
    return kept(createPromptDiagnostics(voice, await settled(), log));
  });
  const controls = once(async () => {
    const { createRelayControls } = await import('./relay-controls.ts');
    return createRelayControls(state);
  });
  const transcripts = once(async () => {
    const { createTranscripts } = await import('./surfaces/transcripts.ts');
    return kept(createTranscripts(voice, state, await controls()));
  });
  const dashboard = once(async () => {
    const { createDashboardPanel } = await import('./surfaces/dashboard-panel.ts');
    return kept(createDashboardPanel(voice, state, context.extensionUri));
  });
  kept(
    createLateDocuments({
      prompts: () => quietly(prompts),
      transcripts: () => quietly(transcripts),
      dashboard: () => quietly(dashboard),
    }),
  );
  const commands = once(async () => {
    const { runCommands } = await import('./run-commands.ts');
    const { openGrouping } = await import('./flag-grouping.ts');
    await machine.ready();
    return runCommands(
      {
        voice,
        state,
        watch,
        controls: await controls(),
        demo,
        machine,
        pages,
        dashboard: await dashboard(),
        prompts: await prompts(),
        transcripts: await transcripts(),
        settled: await settled(),
        grouping: openGrouping(context.globalState),
        snooze,
        log,
        storage: context.globalStorageUri.fsPath,
      },
      { id: context.extension.id, version },
    );
  });
  const trees = once(async () => {
    const [{ treesOf }, { openGrouping }] = await Promise.all([import('./trees.ts'), import('./flag-grouping.ts')]);
    return treesOf(machine, openGrouping(context.globalState));
  });

  const look = (): void => {
    machine.ready().then(
      () => {
        machine.look();
        state.redraw();
      },
      (error: unknown) => log.warn(`the agents' files were not looked at: ${String(error)}`),
    );
  };
  const first = setTimeout(() => {
    look();
    void refreshHooks();
  }, FIRST_LOOK_MS);
  kept(window.onDidChangeWindowState(({ focused }) => focused && look()));

  /** Programs that agents' hooks and status lines run are as new as this extension. */
  async function refreshHooks(): Promise<void> {
    try {
      const { refreshPrograms } = await import('../connect/hooks/refresh-programs.ts');
      const source = { dist: context.asAbsolutePath('dist'), runtime: process.execPath };
      if (refreshPrograms(readPlace().home, source, version)) log.info('programs of hooks and status lines: refreshed');
    } catch (error) {
      log.warn(`programs of hooks and status lines are as they were: ${String(error)}`);
    }
  }

  function quietly(open: () => Promise<unknown>): void {
    open().catch((error: unknown) => log.error(String(error)));
  }

  return {
    look,
    run: async (command, argument) => await (await commands())[command](argument),
    present: async (view) => (await trees())[view],
    dispose() {
      clearTimeout(first);
      for (const part of parts.toReversed()) part.dispose();
    },
  };
}
