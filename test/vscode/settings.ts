import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Colour themes of a run, with the name VS Code keeps each under. */
const COLOUR_THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
} as const;

export type Theme = keyof typeof COLOUR_THEMES;

export const THEMES: readonly Theme[] = ['dark', 'light', 'hc-dark', 'hc-light'];

/** Whether a theme is one of the two for high contrast. */
export const isHighContrast = (theme: Theme): theme is 'hc-dark' | 'hc-light' => theme.startsWith('hc-');

/** Settings that make the workbench quiet, quick and the same every time. Planward's own stay at their defaults. */
const QUIET = {
  // What a first start shows.
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'security.workspace.trust.enabled': false,
  // What would ask the network.
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'workbench.settings.enableNaturalLanguageSearch': false,
  'npm.autoDetect': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'json.schemaDownload.enable': false,
  'remote.autoForwardPorts': false,
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  // The chat pane takes a third of the window otherwise.
  'chat.disableAIFeatures': true,
  'chat.agentHost.enabled': false,
  'chat.commandCenter.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  // What moves or blinks.
  'editor.minimap.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.hover.delay': 100,
  'workbench.hover.delay': 100,
  'workbench.reduceMotion': 'on',
  'workbench.list.smoothScrolling': false,
  'window.menuBarVisibility': 'compact',
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'window.confirmBeforeClose': 'never',
  'window.autoDetectColorScheme': false,
  // The terminal's rows become ordinary elements.
  'terminal.integrated.gpuAcceleration': 'off',
};

export interface ProfileSettings {
  readonly theme?: Theme;
  /** User settings on top of the quiet ones. */
  readonly user?: Readonly<Record<string, unknown>>;
  /** Machine-scoped settings: read on the side where the extension runs. */
  readonly machine?: Readonly<Record<string, unknown>>;
}

/** Writes a VS Code profile's settings where both the server and a desktop VS Code read them. */
export function writeSettings(userData: string, settings: ProfileSettings): void {
  const theme = COLOUR_THEMES[settings.theme ?? 'dark'];
  const user = { ...QUIET, 'workbench.colorTheme': theme, ...settings.user };
  write(userData, 'User', { ...user, ...settings.machine });
  writeMachineSettings(userData, settings.machine ?? {});
}

/** Replaces the machine-scoped settings; a running server takes them up by itself. */
export function writeMachineSettings(userData: string, machine: Readonly<Record<string, unknown>>): void {
  write(userData, 'Machine', machine);
}

function write(userData: string, folder: 'User' | 'Machine', content: object): void {
  mkdirSync(join(userData, folder), { recursive: true });
  writeFileSync(join(userData, folder, 'settings.json'), JSON.stringify(content, undefined, 2));
}
