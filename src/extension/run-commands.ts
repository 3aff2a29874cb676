import { actOnFlag } from './commands/act-on-flag.ts';
import { buildAppealDossier } from './commands/build-dossier.ts';
import { answerHold } from './commands/answer-hold.ts';
import { connectAgent } from './commands/connect-agent.ts';
import { copyDiagnostics } from './commands/copy-diagnostics.ts';
import { disconnectAgent } from './commands/disconnect-agent.ts';
import { explainCode } from './commands/explain-code.ts';
import { explainLastError } from './commands/explain-last-error.ts';
import { exportExchanges } from './commands/export-exchanges.ts';
import { exportReport } from './commands/export-report.ts';
import { liftGuard } from './commands/lift-guard.ts';
import { liftStop } from './commands/lift-stop.ts';
import { openDashboard } from './commands/open-dashboard.ts';
import { openSettings } from './commands/open-settings.ts';
import { openWalkthrough } from './commands/open-walkthrough.ts';
import { openTranscript } from './commands/open-transcript.ts';
import { pauseAgent } from './commands/pause-agent.ts';
import { restartRelay } from './commands/restart-relay.ts';
import { restoreDirect } from './commands/restore-direct.ts';
import { resumeAgent } from './commands/resume-agent.ts';
import { showJournal } from './commands/show-journal.ts';
import { showLog } from './commands/show-log.ts';
import { showPlanUsage } from './commands/show-plan-usage.ts';
import { slowDown } from './commands/slow-down.ts';
import { startRelay } from './commands/start-relay.ts';
import { stopSlowingDown } from './commands/stop-slowing-down.ts';
import { checkPromptFile } from './commands/check-prompt-file.ts';
import { copyFlag } from './commands/copy-flag.ts';
import { dismissFlag } from './commands/dismiss-flag.ts';
import { groupViolations } from './commands/group-violations.ts';
import { useOtherProvider } from './commands/use-other-provider.ts';
import { explainRule } from './commands/explain-rule.ts';
import { forgetCoding } from './commands/forget-coding.ts';
import { markAsCoding } from './commands/mark-as-coding.ts';
import { setGuard } from './commands/set-guard.ts';
import { flipUsage } from './commands/flip-usage.ts';
import { pinWindows } from './commands/pin-windows.ts';
import { snoozeAlerts } from './commands/snooze-alerts.ts';
import { setMode } from './commands/set-mode.ts';
import { tryDemo } from './commands/try-demo.ts';
import { showViolations } from './commands/show-violations.ts';
import type { CommandDeps } from './commands/command-deps.ts';
import type { CommandId } from './registry/commands.ts';

/** What each command does. `argument` is a row or a text, where it was not run from the palette. */
export function runCommands(
  deps: CommandDeps,
  extension: { readonly id: string; readonly version: string },
): Record<CommandId, (argument?: unknown) => unknown> {
  const { voice, state, watch, log } = deps;
  return {
    'planward.showPlanUsage': () => showPlanUsage(voice, state, deps.snooze),
    'planward.flipUsage': () => flipUsage(),
    'planward.pinWindows': () => pinWindows(deps),
    'planward.snoozeAlerts': () => snoozeAlerts(deps),
    'planward.openDashboard': () => openDashboard(deps),
    // What writes into the user's files is never about simulated agents.
    'planward.connectAgent': (argument) => deps.demo.stop().then(() => connectAgent(deps, argument)),
    'planward.disconnectAgent': (argument) => deps.demo.stop().then(() => disconnectAgent(deps, argument)),
    'planward.restoreDirect': () => deps.demo.stop().then(() => restoreDirect(deps)),
    'planward.tryDemo': (argument) => tryDemo(deps, argument),
    'planward.stopDemo': () => deps.demo.stop(),
    'planward.showJournal': () => showJournal(deps),
    'planward.pauseAgent': (argument) => pauseAgent(deps, argument),
    'planward.resumeAgent': (argument) => resumeAgent(deps, argument),
    'planward.slowDown': (argument) => slowDown(deps, argument),
    'planward.stopSlowingDown': (argument) => stopSlowingDown(deps, argument),
    'planward.setGuard': (argument) => setGuard(deps, argument),
    'planward.liftGuard': (argument) => liftGuard(deps, argument),
    'planward.liftStop': (argument) => liftStop(deps, argument),
    'planward.explainLastError': (argument) => explainLastError(deps, argument),
    'planward.explainCode': (argument) => explainCode(deps, argument),
    'planward.buildDossier': (argument) => buildAppealDossier(deps, argument, extension.version),
    'planward.exportReport': () => exportReport(deps),
    'planward.export': () => exportExchanges(deps, extension.version),
    'planward.showViolations': () => showViolations(),
    'planward.actOnFlag': (argument) => actOnFlag(deps, argument),
    'planward.markAsCoding': (argument) => markAsCoding(deps, argument),
    'planward.dismissFlag': (argument) => dismissFlag(deps, argument),
    'planward.explainRule': (argument) => explainRule(deps, argument),
    'planward.useOtherProvider': (argument) => useOtherProvider(deps, argument),
    'planward.groupViolations': () => groupViolations(deps),
    'planward.copyFlag': (argument) => copyFlag(deps, argument),
    'planward.setMode': (argument) => setMode(deps, argument),
    'planward.answerHold': (argument) => answerHold(deps, argument),
    'planward.openTranscript': (argument) => openTranscript(deps, argument),
    'planward.checkPromptFile': () => checkPromptFile(deps),
    'planward.forgetCoding': () => forgetCoding(deps),
    'planward.startRelay': () => startRelay(voice, state, watch),
    'planward.restartRelay': () => restartRelay(voice, watch),
    'planward.copyDiagnostics': () => copyDiagnostics(voice, state, extension.version),
    'planward.openWalkthrough': () => openWalkthrough(extension.id),
    'planward.openSettings': (query) => openSettings(extension.id, query),
    'planward.showLog': () => showLog(log),
  };
}
