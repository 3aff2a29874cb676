import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from '../../scripts/places.ts';
import type { History } from '../../src/core/history.ts';
import type { DashboardView, FromPage } from '../../src/protocol/dashboard.ts';
import { dashboardPage } from '../../src/extension/present/dashboard-page.ts';

export type Look = 'dark' | 'light' | 'high-contrast';

/** The packaged dashboard in a plain page, with a window that is played: for widths and languages a VS Code window has not. */
export interface Harness {
  readonly page: Page;
  /** What the page sent, oldest first. */
  sent(): Promise<readonly FromPage[]>;
  tell(message: object): Promise<void>;
  close(): Promise<void>;
}

const ADDRESS = 'http://localhost:1';

export async function openHarness(
  page: Page,
  options: {
    readonly look: Look;
    readonly width: number;
    readonly view: DashboardView;
    readonly history: History;
    readonly words?: Readonly<Record<string, string>>;
    readonly locale?: string;
    readonly state?: object;
  },
): Promise<Harness> {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.setViewportSize({ width: options.width, height: 1000 });
  await page.route(`${ADDRESS}/**`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const types: Readonly<Record<string, string>> = { 'dashboard.js': 'text/javascript', 'dashboard.css': 'text/css' };
    const type = types[name];
    if (type !== undefined) {
      return route.fulfill({ contentType: type, body: readFileSync(join(ROOT, 'dist', name), 'utf8') });
    }
    const body = dashboardPage({
      title: 'Planward: dashboard',
      language: options.locale ?? 'en',
      script: `${ADDRESS}/dashboard.js`,
      style: `${ADDRESS}/dashboard.css`,
      source: ADDRESS,
      nonce: 'once',
    });
    return route.fulfill({ contentType: 'text/html', body });
  });
  await page.addInitScript(`
    globalThis.sent = [];
    globalThis.acquireVsCodeApi = () => ({
      postMessage: (message) => sent.push(message),
      getState: () => (${JSON.stringify(options.state ?? {})}),
      setState: () => undefined,
    });`);
  await page.goto(`${ADDRESS}/index.html`);
  // As text: Node's own types know no document.
  await page.evaluate(`{
    const colours = ${JSON.stringify(COLOURS[options.look])};
    for (const [name, value] of Object.entries(colours)) document.documentElement.style.setProperty(name, value);
    document.body.classList.add('vscode-${options.look}');
  }`);
  const tell = (message: object): Promise<void> =>
    page.evaluate(`void dispatchEvent(new MessageEvent('message', { data: ${JSON.stringify(message)} }))`);
  const sent = (): Promise<readonly FromPage[]> => page.evaluate('sent');
  const zone = 'UTC';
  await tell({ type: 'setup', locale: options.locale ?? 'en', zone, words: options.words ?? {} });
  await tell({ type: 'view', view: options.view });
  const query = (await sent()).findLast((message) => message.type === 'query');
  if (query?.type === 'query') await tell({ type: 'history', id: query.id, history: options.history });
  await page.locator('#page .panel').first().waitFor();
  if (problems.length > 0) throw new Error(`the page complains: ${problems.join('; ')}`);
  return { page, sent, tell, close: () => page.close() };
}

/** What VS Code's own themes say, as far as the page asks. */
const COLOURS: Readonly<Record<Look, Readonly<Record<string, string>>>> = {
  dark: {
    '--vscode-foreground': '#cccccc',
    '--vscode-descriptionForeground': '#9d9d9d',
    '--vscode-editor-background': '#1f1f1f',
    '--vscode-editorWidget-background': '#202020',
    '--vscode-widget-border': '#313131',
    '--vscode-focusBorder': '#0078d4',
    '--vscode-button-background': '#0078d4',
    '--vscode-button-foreground': '#ffffff',
    '--vscode-button-secondaryBackground': '#313131',
    '--vscode-button-secondaryForeground': '#cccccc',
    '--vscode-charts-blue': '#3794ff',
    '--vscode-charts-orange': '#d18616',
    '--vscode-charts-purple': '#b180d7',
    '--vscode-charts-yellow': '#cca700',
    '--vscode-charts-green': '#89d185',
    '--vscode-charts-red': '#f14c4c',
    '--vscode-charts-foreground': '#cccccc',
    '--vscode-charts-lines': '#808080',
    '--vscode-errorForeground': '#f85149',
    '--vscode-font-family': 'system-ui, sans-serif',
  },
  light: {
    '--vscode-foreground': '#3b3b3b',
    '--vscode-descriptionForeground': '#3b3b3b',
    '--vscode-editor-background': '#ffffff',
    '--vscode-editorWidget-background': '#f8f8f8',
    '--vscode-widget-border': '#e5e5e5',
    '--vscode-focusBorder': '#005fb8',
    '--vscode-button-background': '#005fb8',
    '--vscode-button-foreground': '#ffffff',
    '--vscode-button-secondaryBackground': '#e5e5e5',
    '--vscode-button-secondaryForeground': '#3b3b3b',
    '--vscode-charts-blue': '#1a85ff',
    '--vscode-charts-orange': '#d18616',
    '--vscode-charts-purple': '#652d90',
    '--vscode-charts-yellow': '#bf8803',
    '--vscode-charts-green': '#388a34',
    '--vscode-charts-red': '#e51400',
    '--vscode-charts-foreground': '#3b3b3b',
    '--vscode-charts-lines': '#808080',
    '--vscode-errorForeground': '#f85149',
    '--vscode-font-family': 'system-ui, sans-serif',
  },
  'high-contrast': {
    '--vscode-foreground': '#ffffff',
    '--vscode-descriptionForeground': '#ffffffb3',
    '--vscode-editor-background': '#000000',
    '--vscode-editorWidget-background': '#0c141f',
    '--vscode-contrastBorder': '#6fc3df',
    '--vscode-contrastActiveBorder': '#f38518',
    '--vscode-focusBorder': '#f38518',
    '--vscode-button-foreground': '#ffffff',
    '--vscode-button-background': '#000000',
    '--vscode-button-border': '#6fc3df',
    '--vscode-charts-blue': '#59a4f9',
    '--vscode-charts-orange': '#d18616',
    '--vscode-charts-purple': '#b180d7',
    '--vscode-charts-yellow': '#cca700',
    '--vscode-charts-green': '#89d185',
    '--vscode-charts-red': '#f48771',
    '--vscode-charts-foreground': '#ffffff',
    '--vscode-charts-lines': '#808080',
    '--vscode-errorForeground': '#f48771',
    '--vscode-font-family': 'system-ui, sans-serif',
  },
};
