import type { LogOutputChannel } from 'vscode';
import type { RelayWatch } from '../../client/watch-relay.ts';
import type { Demo } from '../demo.ts';
import type { Machine } from '../machine.ts';
import type { Voice } from '../present/voice.ts';
import type { CodingHere } from '../coding-here.ts';
import type { Grouping } from '../flag-grouping.ts';
import type { RelayControls } from '../relay-controls.ts';
import type { State } from '../state.ts';
import type { DashboardPanel } from '../surfaces/dashboard-panel.ts';
import type { Pages } from '../surfaces/pages.ts';
import type { PromptDiagnostics } from '../surfaces/prompt-diagnostics.ts';
import type { Snooze } from '../surfaces/snooze.ts';
import type { Transcripts } from '../surfaces/transcripts.ts';

/** What commands work with. */
export interface CommandDeps {
  readonly voice: Voice;
  readonly state: State;
  readonly watch: RelayWatch;
  readonly controls: RelayControls;
  readonly demo: Demo;
  readonly machine: Machine;
  readonly pages: Pages;
  readonly dashboard: DashboardPanel;
  readonly prompts: PromptDiagnostics;
  readonly transcripts: Transcripts;
  readonly settled: CodingHere;
  readonly grouping: Grouping;
  readonly snooze: Snooze;
  readonly log: LogOutputChannel;
  /** The extension's own folder of VS Code's, which tells where the user's settings file lies. */
  readonly storage: string;
}
