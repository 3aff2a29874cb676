import { TRANSCRIPT_SCHEME } from './languages.ts';

export interface CommandEntry {
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  /** Where the palette shows it; everywhere if absent. */
  readonly when?: string;
  /** A key of its own, only where nothing of VS Code would take it. */
  readonly key?: { readonly key: string; readonly mac: string; readonly when: string };
}

/** Every command, in the order of the palette's manifest. A new one: an entry here, a file in commands/, a line in run-commands.ts. */
export const COMMANDS = [
  { id: 'planward.showPlanUsage', title: 'Show Plan Usage', icon: 'graph' },
  { id: 'planward.flipUsage', title: 'Flip Used and Remaining', icon: 'arrow-swap' },
  { id: 'planward.pinWindows', title: 'Pin Windows in the Meter…', icon: 'pinned' },
  { id: 'planward.snoozeAlerts', title: 'Snooze Alerts…', icon: 'bell-slash' },
  { id: 'planward.openDashboard', title: 'Open Dashboard', icon: 'dashboard' },
  { id: 'planward.connectAgent', title: 'Connect an Agent…', icon: 'plug' },
  { id: 'planward.disconnectAgent', title: 'Disconnect an Agent…', icon: 'debug-disconnect' },
  { id: 'planward.restoreDirect', title: 'Restore Direct Connections (Bypass Relay)', icon: 'debug-step-over' },
  { id: 'planward.showJournal', title: 'Show Connection Journal', icon: 'notebook' },
  { id: 'planward.pauseAgent', title: 'Pause an Agent…', icon: 'debug-pause', when: 'planward.relay == live' },
  { id: 'planward.resumeAgent', title: 'Resume an Agent…', icon: 'debug-continue', when: 'planward.relay == live' },
  { id: 'planward.slowDown', title: 'Slow Down…', icon: 'list-ordered', when: 'planward.relay == live' },
  { id: 'planward.stopSlowingDown', title: 'Stop Slowing Down', icon: 'play-circle', when: 'planward.relay == live' },
  { id: 'planward.setGuard', title: 'Set a Guard…', icon: 'watch', when: 'planward.relay == live' },
  { id: 'planward.liftGuard', title: 'Lift a Guard…', icon: 'unlock', when: 'planward.guarded' },
  { id: 'planward.liftStop', title: 'Lift a Stopped Key…', icon: 'unlock', when: 'planward.stopped' },
  { id: 'planward.explainLastError', title: 'Explain Last Error', icon: 'question' },
  { id: 'planward.explainCode', title: 'Explain an Error Code…', icon: 'search' },
  { id: 'planward.buildDossier', title: 'Build Appeal Dossier…', icon: 'file-text', when: 'planward.relay == live' },
  { id: 'planward.exportReport', title: 'Export Report…', icon: 'export', when: 'planward.relay == live' },
  { id: 'planward.export', title: 'Export…', icon: 'export', when: 'planward.relay == live' },
  { id: 'planward.showViolations', title: 'Show Violations', icon: 'shield' },
  {
    id: 'planward.actOnFlag',
    title: 'Act on a Flag…',
    icon: 'warning',
    when: 'planward.relay == live',
    // VS Code's own quick fixes need an editor in which something can be typed.
    key: { key: 'ctrl+.', mac: 'cmd+.', when: `editorTextFocus && resourceScheme == ${TRANSCRIPT_SCHEME}` },
  },
  { id: 'planward.markAsCoding', title: 'Mark as Coding', icon: 'pass', when: 'planward.relay == live' },
  { id: 'planward.dismissFlag', title: 'Dismiss Flag', icon: 'close', when: 'planward.relay == live' },
  { id: 'planward.explainRule', title: 'Explain a Rule', icon: 'law' },
  { id: 'planward.useOtherProvider', title: 'Send Through an API Key Instead…', icon: 'key' },
  { id: 'planward.groupViolations', title: 'Group Violations…', icon: 'group-by-ref-type' },
  { id: 'planward.copyFlag', title: 'Copy Flag', icon: 'copy', when: 'planward.relay == live' },
  { id: 'planward.setMode', title: 'Set Mode…', icon: 'settings', when: 'planward.relay == live' },
  { id: 'planward.answerHold', title: 'Answer a Held Request…', icon: 'debug-pause', when: 'planward.held' },
  {
    id: 'planward.openTranscript',
    title: 'Open Transcript…',
    icon: 'comment-discussion',
    when: 'planward.relay == live',
  },
  { id: 'planward.checkPromptFile', title: 'Check This Prompt File', icon: 'checklist' },
  { id: 'planward.forgetCoding', title: 'Forget What Was Called Coding…', icon: 'discard' },
  { id: 'planward.startRelay', title: 'Start Relay', icon: 'play', when: 'planward.relay != live' },
  { id: 'planward.restartRelay', title: 'Restart Relay', icon: 'refresh' },
  { id: 'planward.copyDiagnostics', title: 'Copy Diagnostics', icon: 'clippy' },
  { id: 'planward.openWalkthrough', title: 'Get Started', icon: 'book' },
  { id: 'planward.tryDemo', title: 'Try the Demo…', icon: 'beaker' },
  { id: 'planward.stopDemo', title: 'Stop the Demo', icon: 'beaker-stop', when: 'planward.demo' },
  { id: 'planward.openSettings', title: 'Open Settings', icon: 'gear' },
  { id: 'planward.showLog', title: 'Show Log', icon: 'output' },
] as const satisfies readonly CommandEntry[];

export type CommandId = (typeof COMMANDS)[number]['id'];

/** A command on rows of a view. */
export interface RowCommand {
  readonly command: CommandId;
  readonly view: string;
  /** Pattern of the row's context value, as a when-clause's regular expression. */
  readonly rows: string;
  /** `button`: at the end of the row and in its context menu; `menu`: only there. */
  readonly place: 'button' | 'menu';
}

/** What can be done to a row. Its context menu opens with Shift+F10. */
export const ROW_COMMANDS: readonly RowCommand[] = [
  { command: 'planward.pauseAgent', view: 'planward.agents', rows: '^agent\\.observing', place: 'button' },
  { command: 'planward.resumeAgent', view: 'planward.agents', rows: '^agent\\.paused', place: 'button' },
  { command: 'planward.connectAgent', view: 'planward.agents', rows: '^agent\\.(direct|lost)', place: 'button' },
  { command: 'planward.disconnectAgent', view: 'planward.agents', rows: '^agent\\..*-routed$', place: 'menu' },
  { command: 'planward.flipUsage', view: 'planward.plans', rows: '^window$', place: 'button' },
  { command: 'planward.pinWindows', view: 'planward.plans', rows: '^(plan|window)', place: 'menu' },
  { command: 'planward.liftGuard', view: 'planward.plans', rows: '^plan\\.guarded', place: 'button' },
  { command: 'planward.setGuard', view: 'planward.plans', rows: '^plan', place: 'menu' },
  { command: 'planward.liftStop', view: 'planward.agents', rows: '^stop$', place: 'button' },
  { command: 'planward.explainLastError', view: 'planward.incidents', rows: '^incident', place: 'button' },
  { command: 'planward.buildDossier', view: 'planward.incidents', rows: '^incident', place: 'menu' },
  { command: 'planward.slowDown', view: 'planward.incidents', rows: '^incident\\.slow', place: 'button' },
  { command: 'planward.markAsCoding', view: 'planward.violations', rows: '^flag\\.task$', place: 'button' },
  { command: 'planward.dismissFlag', view: 'planward.violations', rows: '^flag', place: 'button' },
  { command: 'planward.explainRule', view: 'planward.violations', rows: '^(flag|rule)', place: 'menu' },
  { command: 'planward.useOtherProvider', view: 'planward.violations', rows: '^flag\\.task$', place: 'menu' },
  { command: 'planward.copyFlag', view: 'planward.violations', rows: '^flag', place: 'menu' },
  { command: 'planward.openTranscript', view: 'planward.violations', rows: '^flag', place: 'menu' },
  { command: 'planward.openTranscript', view: 'planward.agents', rows: '^agent\\.(observing|paused)', place: 'menu' },
  { command: 'planward.answerHold', view: 'planward.violations', rows: '^hold$', place: 'button' },
  { command: 'planward.setMode', view: 'planward.violations', rows: '^mode$', place: 'button' },
];
