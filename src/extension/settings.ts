import { homedir } from 'node:os';
import { isAbsolute } from 'node:path';
import { workspace } from 'vscode';
import type { TerminalRoute } from '../agents/terminal-routes.ts';
import { DEFAULT_PROVIDER } from '../policies/default-provider.ts';
import { DEFAULT_PORT } from '../protocol/endpoint.ts';
import { homeFolder } from '../protocol/home.ts';
import type { RelaySettingsPatch } from '../protocol/relay-settings.ts';
import type { Sensitivity } from '../scope/judge.ts';
import type { AlertRules } from '../core/plan-alert.ts';
import { METER_FORMATS } from './present/meter-view.ts';
import type { MeterTaste } from './present/meter-view.ts';
import { readQuietHours } from './present/quiet-hours.ts';
import type { QuietHours } from './present/quiet-hours.ts';

/** How the relay is found and started. */
export interface RelayPlace {
  readonly home: string;
  readonly port: number;
  readonly autoStart: boolean;
}

function read<T>(key: string, fallback: T): T {
  return workspace.getConfiguration('planward').get<T>(key) ?? fallback;
}

/** A home that is no absolute path is ignored: a relative one would mean another folder in every process. */
export function readPlace(): RelayPlace {
  const home = read('relay.home', '');
  return {
    home: isAbsolute(home) ? home : homeFolder(process.env, homedir()),
    port: read('relay.port', DEFAULT_PORT),
    autoStart: read('relay.autoStart', true),
  };
}

export function readTaste(): MeterTaste {
  const format = read<string>('meter.format', 'percentAndReset');
  return {
    format: METER_FORMATS.find((known) => known === format) ?? 'percentAndReset',
    items: read('meter.items', 'one'),
    pinned: read<readonly unknown[]>('meter.pinned', []).map(String),
    showRemaining: read('meter.showRemaining', false),
    showPeak: read('meter.showPeak', true),
    showInFlight: read('meter.showInFlight', false),
    paceWarning: read('meter.paceWarning', 15),
  };
}

/** What of plan windows is told in notifications. Settings speak of percents and minutes. */
export function readAlertRules(): AlertRules {
  const fractions = (percents: unknown): readonly number[] =>
    Array.isArray(percents)
      ? percents.filter((percent) => typeof percent === 'number' && percent > 0).map((percent: number) => percent / 100)
      : [];
  const own = Object.entries(read<Readonly<Record<string, unknown>>>('alerts.windowThresholds', {}));
  return {
    thresholds: fractions(read<unknown>('alerts.thresholds', [80, 95, 100])),
    windowThresholds: Object.fromEntries(own.map(([id, percents]) => [id, fractions(percents)])),
    predictive: read('alerts.predictive', true),
    predictiveLeadMs: read('alerts.predictiveMinutes', 15) * 60_000,
    resets: read('alerts.resets', false),
  };
}

/** Hours in which no notification comes; undefined where there are none. */
export function readQuiet(): QuietHours | undefined {
  return readQuietHours(read('alerts.quietHours', ''));
}

/** Whether incidents are told in a notification. */
export function readAlerts(): boolean {
  return read('alerts.incidents', true);
}

/** Whether flags are told in a notification. */
export function readViolationAlerts(): boolean {
  return read('alerts.violations', true);
}

/** Whether prompt files are checked, against whose terms and how readily. */
export function readPromptPlan(): { readonly on: boolean; readonly plan: string; readonly sensitivity: Sensitivity } {
  return {
    on: read('scope.promptFiles', true),
    plan: read('scope.plan', DEFAULT_PROVIDER),
    sensitivity: read('scope.sensitivity', 'normal'),
  };
}

/** Files and folders of policy packs the user wrote. Machine-scoped: no workspace can name any. */
export function readPackPaths(): readonly string[] {
  return read<readonly string[]>('scope.packs', []).filter((path) => typeof path === 'string');
}

/** Provider id the route is switched to, or `off`. */
export function readRoute(route: TerminalRoute): string {
  return read(`terminals.${route.setting}`, 'off');
}

/** Setting key -> key of the relay's own settings. */
export const PUSHED = {
  'relay.upstreams': 'upstreams',
  'relay.retentionDays': 'retentionDays',
  'relay.agentFiles': 'transcripts',
  'relay.otelEndpoint': 'otelEndpoint',
  'providers.plans': 'plans',
  'providers.pollUsage': 'pollUsage',
  'providers.accounts': 'accounts',
  'providers.prices': 'prices',
  'providers.guards': 'guards',
  'pacing.absorbRefusals': 'absorbRefusals',
  'pacing.maxWaitSeconds': 'maxWaitSeconds',
  'scope.sensitivity': 'scopeSensitivity',
  'providers.modes': 'modes',
  'scope.holdSeconds': 'holdSeconds',
  'scope.holdDefault': 'holdDefault',
  'scope.storeExcerpts': 'storeExcerpts',
  'scope.packs': 'policyPacks',
} as const satisfies Record<string, keyof RelaySettingsPatch>;

/**
 * What the user set here for the relay. A key the user did not set is left out, so that what the command line told the
 * relay stands; one in `reset` was just taken back and goes out with its default.
 */
export function readRelayPatch(reset: ReadonlySet<string>): RelaySettingsPatch {
  const settings = workspace.getConfiguration('planward');
  const patch: Record<string, unknown> = {};
  for (const [key, name] of Object.entries(PUSHED)) {
    const set = settings.inspect(key);
    if (set?.globalValue !== undefined || reset.has(key)) patch[name] = settings.get(key);
  }
  return patch;
}

/** Every setting of ours that is not at its default, for the diagnostics. */
export function changedSettings(keys: readonly string[]): Record<string, unknown> {
  const settings = workspace.getConfiguration('planward');
  const changed = keys.filter((key) => settings.inspect(key)?.globalValue !== undefined);
  return Object.fromEntries(changed.map((key) => [key, settings.get(key)]));
}
