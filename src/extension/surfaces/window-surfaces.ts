import { join } from 'node:path';
import { Disposable } from 'vscode';
import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { Demo } from '../demo.ts';
import type { Machine } from '../machine.ts';
import type { Voice } from '../present/voice.ts';
import type { State } from '../state.ts';
import { syncSettings } from '../sync-settings.ts';
import { createConnectionLog } from './connection-log.ts';
import { createFlagCount } from './flag-count.ts';
import { createHoldPrompts } from './hold-prompts.ts';
import { createIncidentAlerts } from './incident-alerts.ts';
import { createMute } from './mute.ts';
import { createNotices } from './notices.ts';
import { createPlanAlerts } from './plan-alerts.ts';
import { createRelayContext } from './relay-context.ts';
import type { Snooze } from './snooze.ts';
import { createStatusBar } from './status-bar.ts';
import { createTerminalEnvironment } from './terminal-environment.ts';
import { createViolationAlerts } from './violation-alerts.ts';
import { createWalkthroughProgress } from './walkthrough-progress.ts';

/** What draws or tells of each Snapshot without being asked. */
export function createSurfaces(parts: {
  readonly context: ExtensionContext;
  readonly voice: Voice;
  readonly log: LogOutputChannel;
  readonly state: State;
  readonly demo: Demo;
  readonly machine: Machine;
  readonly snooze: Snooze;
}): Disposable {
  const { context, voice, log, state, demo, machine, snooze } = parts;
  const marks = (name: string): string => join(context.globalStorageUri.fsPath, name);
  const mute = createMute(voice, snooze);
  return Disposable.from(
    createStatusBar(voice, state),
    createFlagCount(voice, state),
    createHoldPrompts(voice, state, log),
    createRelayContext(state, machine),
    createConnectionLog(state, log),
    createNotices(voice, state, log, context.globalState),
    createIncidentAlerts(voice, state, mute, log, marks('told')),
    createViolationAlerts(voice, state, mute, log, marks('told')),
    createPlanAlerts(voice, state, mute, log, marks('told-of-plans')),
    createWalkthroughProgress(state, machine),
    createTerminalEnvironment(voice, state, demo, context.environmentVariableCollection),
    syncSettings(state, demo, context.globalState, log),
  );
}
