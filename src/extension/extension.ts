import { join } from 'node:path';
import { commands, env, l10n, window, workspace } from 'vscode';
import type { Disposable, ExtensionContext } from 'vscode';
import type { Endpoint } from '../protocol/endpoint.ts';
import { watchRelay } from '../client/watch-relay.ts';
import { refreshPrograms } from '../connect/hooks/refresh-programs.ts';
import type { RelayWatch } from '../client/watch-relay.ts';
import { createApi, type PlanwardApi } from './api.ts';
import { openCodingHere } from './coding-here.ts';
import { openGrouping } from './flag-grouping.ts';
import { createDemo } from './demo.ts';
import { createMachine } from './machine.ts';
import { presentActivity } from './present/activity-nodes.ts';
import { presentAgents } from './present/agent-nodes.ts';
import { presentIncidents } from './present/incident-nodes.ts';
import { presentHolds, presentModeNodes } from './present/mode-nodes.ts';
import { presentPlans } from './present/plan-nodes.ts';
import { presentViolations, sayOpenFlags } from './present/violation-nodes.ts';
import type { Voice } from './present/voice.ts';
import { pushSettings } from './push-settings.ts';
import { createRelayControls } from './relay-controls.ts';
import { runCommands } from './run-commands.ts';
import { PUSHED, readPlace, readTaste } from './settings.ts';
import { createState } from './state.ts';
import { createConnectionLog } from './surfaces/connection-log.ts';
import { createDashboardPanel } from './surfaces/dashboard-panel.ts';
import { createDemoMark } from './surfaces/demo-mark.ts';
import { createFlagCount } from './surfaces/flag-count.ts';
import { createHoldPrompts } from './surfaces/hold-prompts.ts';
import { createIncidentAlerts } from './surfaces/incident-alerts.ts';
import { createModelTools } from './surfaces/model-tools.ts';
import { createMute } from './surfaces/mute.ts';
import { createNotices } from './surfaces/notices.ts';
import { createPages } from './surfaces/pages.ts';
import { createPlanAlerts } from './surfaces/plan-alerts.ts';
import { createPromptDiagnostics } from './surfaces/prompt-diagnostics.ts';
import { createRelayContext } from './surfaces/relay-context.ts';
import { openSnooze } from './surfaces/snooze.ts';
import { createStatusBar } from './surfaces/status-bar.ts';
import { createTerminalEnvironment } from './surfaces/terminal-environment.ts';
import { createTranscripts } from './surfaces/transcripts.ts';
import { createTreeView, ofSnapshot } from './surfaces/tree-view.ts';
import { createViolationAlerts } from './surfaces/violation-alerts.ts';
import { createWalkthroughProgress } from './surfaces/walkthrough-progress.ts';

const FIRST_LOOK_MS = 1500;

/** Puts the extension together and gives its API. Awaits nothing: the relay is looked for after VS Code has gone on. */
export function activate(context: ExtensionContext): PlanwardApi {
  const { version } = context.extension.packageJSON as { version: string };
  const voice: Voice = { t: l10n.t, locale: env.language };
  const log = window.createOutputChannel('Planward', { log: true });
  const state = createState();
  const demo = createDemo(context.asAbsolutePath('dist/demo.cjs'), () => {
    demoMark.draw();
    watch.reopen();
  });
  const demoMark = createDemoMark(voice, demo);
  const watch = createWatch();
  const exported = createApi(state);

  const machine = createMachine(() => workspace.workspaceFolders?.[0]?.uri.fsPath);
  const pages = createPages();
  const dashboard = createDashboardPanel(voice, state, context.extensionUri);
  const settled = openCodingHere(context.workspaceState);
  const grouping = openGrouping(context.globalState);
  const marks = (name: string): string => join(context.globalStorageUri.fsPath, name);
  const snooze = openSnooze(marks('snoozed-until'));
  const mute = createMute(voice, snooze);
  const violations = ofSnapshot((said, snapshot, now) => [
    ...presentHolds(said, snapshot),
    ...presentViolations(said, snapshot, now, grouping.current()),
    ...presentModeNodes(said, snapshot),
  ]);
  const prompts = createPromptDiagnostics(voice, settled, log);
  const controls = createRelayControls(state);
  const transcripts = createTranscripts(voice, state, controls);
  const run = runCommands(
    {
      voice,
      state,
      watch,
      controls,
      demo,
      machine,
      pages,
      dashboard,
      prompts,
      transcripts,
      settled,
      grouping,
      snooze,
      log,
      storage: context.globalStorageUri.fsPath,
    },
    { id: context.extension.id, version },
  );
  const look = (): void => {
    machine.look();
    state.redraw();
  };

  context.subscriptions.push(
    log,
    state,
    demo,
    demoMark,
    watch,
    exported,
    pages,
    dashboard,
    prompts,
    transcripts,
    ...Object.entries(run).map(([id, command]) => commands.registerCommand(id, command)),
    createStatusBar(voice, state),
    createTreeView(
      'planward.plans',
      voice,
      state,
      ofSnapshot((said, snapshot, now) => presentPlans(said, snapshot, now, readTaste().showRemaining)),
    ),
    createTreeView(
      'planward.agents',
      voice,
      state,
      (said, connection, now) => presentAgents(said, connection, machine.states(), now),
      { onShown: look },
    ),
    createFlagCount(voice, state),
    createHoldPrompts(voice, state, log),
    createTreeView('planward.violations', voice, state, violations, {
      badge: ({ state: now, snapshot }) => {
        const value = now === 'live' ? (snapshot?.flags.length ?? 0) : 0;
        return value === 0 ? undefined : { value, tooltip: sayOpenFlags(voice, value) };
      },
    }),
    createTreeView('planward.incidents', voice, state, ofSnapshot(presentIncidents)),
    createTreeView('planward.activity', voice, state, ofSnapshot(presentActivity)),
    createRelayContext(state, machine),
    createWalkthroughProgress(state, machine),
    createConnectionLog(state, log),
    createNotices(voice, state, log, context.globalState),
    createIncidentAlerts(voice, state, mute, log, marks('told')),
    createViolationAlerts(voice, state, mute, log, marks('told')),
    createPlanAlerts(voice, state, mute, log, marks('told-of-plans')),
    createModelTools(),
    watchMachine(),
    createTerminalEnvironment(voice, state, context.environmentVariableCollection),
    syncSettings(),
  );
  return exported.api;

  /** Programs that agents' hooks and status lines run are as new as this extension. */
  function refreshHooks(): void {
    try {
      const source = { dist: context.asAbsolutePath('dist'), runtime: process.execPath };
      if (refreshPrograms(readPlace().home, source, version)) log.info('programs of hooks and status lines: refreshed');
    } catch (error) {
      log.warn(`programs of hooks and status lines are as they were: ${String(error)}`);
    }
  }

  /** Looks at the agents' files once VS Code is up, and when the user comes back to the window. */
  function watchMachine(): Disposable {
    const first = setTimeout(() => {
      look();
      refreshHooks();
    }, FIRST_LOOK_MS);
    const focus = window.onDidChangeWindowState(({ focused }) => focused && look());
    return {
      dispose() {
        clearTimeout(first);
        focus.dispose();
      },
    };
  }

  /** The watch on the home and port of the settings; it moves when they change. */
  function createWatch(): RelayWatch & { reopen(): void } {
    const open = () =>
      watchRelay({
        ...readPlace(),
        ...(demo.place() === undefined ? {} : { ...demo.place(), autoStart: false }),
        version,
        relayScript: context.asAbsolutePath('dist/relay.cjs'),
        onChange: (connection) => state.update(connection),
      });
    let place = readPlace();
    let current = open();
    const moved = workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration('planward.relay')) return;
      const next = readPlace();
      if (next.home === place.home && next.port === place.port && next.autoStart === place.autoStart) return;
      const rebind =
        next.port !== place.port && next.home === place.home && state.current().endpoint?.port !== next.port;
      place = next;
      current.dispose();
      current = open();
      if (rebind && next.autoStart) current.restart();
    });
    return {
      // A demo's relay is the demo's own to start.
      start: () => demo.place() === undefined && current.start(),
      restart: () => demo.place() === undefined && current.restart(),
      reopen() {
        current.dispose();
        state.update({ state: 'starting' });
        current = open();
      },
      dispose() {
        moved.dispose();
        current.dispose();
      },
    };
  }

  /** Sends the relay-wide settings to each relay we connect to, and again when they change. */
  function syncSettings(): Disposable {
    let told: Endpoint['token'] | undefined;
    const drawing = state.draw(({ state: now, endpoint }) => {
      if (demo.place() !== undefined) return;
      if (now !== 'live' || endpoint === undefined || endpoint.token === told) return;
      told = endpoint.token;
      void pushSettings(endpoint, new Set(), context.globalState, log);
    });
    const changed = workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration('planward')) return;
      const { state: now, endpoint } = state.current();
      const reset = new Set(Object.keys(PUSHED).filter((key) => change.affectsConfiguration(`planward.${key}`)));
      if (now === 'live' && endpoint !== undefined && demo.place() === undefined)
        void pushSettings(endpoint, reset, context.globalState, log);
      state.redraw();
    });
    return {
      dispose() {
        drawing.dispose();
        changed.dispose();
      },
    };
  }
}

/** Nothing to do: what was made is disposed by VS Code, and the relay goes on without us. */
export function deactivate(): void {}
