import { chromium, type Page } from 'playwright-core';
import { ensureChromium } from './chromium.ts';
import type { VscodeServer } from './server.ts';
import type { Theme } from './settings.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

export interface Browser {
  /** A fresh page in the same browser: one VS Code window each. */
  newPage(): Promise<Page>;
  /** Addresses outside loopback that a page asked for; each was refused. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

/** Headless Chromium that can reach loopback and nothing else. */
export async function launchBrowser(
  options: { readonly theme?: Theme; readonly scale?: number } = {},
): Promise<Browser> {
  const executablePath = await ensureChromium((line) => console.log(line));
  const browser = await chromium.launch({ executablePath, args: FLAGS, timeout: 60_000 });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: options.scale ?? 1,
    colorScheme: options.theme?.endsWith('light') ? 'light' : 'dark',
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  context.setDefaultTimeout(30_000);
  // What a command puts on the clipboard is read back.
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const refused: string[] = [];
  await context.route(isOutside, (route) => {
    refused.push(route.request().url());
    return route.abort();
  });
  return { newPage: () => context.newPage(), refused, close: () => browser.close() };
}

function isOutside(url: URL): boolean {
  return /^https?:$/.test(url.protocol) && !/^(127\.0\.0\.1|localhost)$/.test(url.hostname);
}

export interface WindowOptions {
  /** Folder or `.code-workspace` file to open. */
  readonly open: string;
  readonly developmentPath?: string;
  readonly testsPath?: string;
}

/** Address of a VS Code window. The payload is the one VS Code's own browser tests use. */
export function windowUrl(server: Pick<VscodeServer, 'url' | 'authority'>, options: WindowOptions): string {
  const remote = (path: string): string => `vscode-remote://${server.authority}${path}`;
  const payload = [['skipWelcome', 'true']];
  if (options.developmentPath !== undefined)
    payload.push(['extensionDevelopmentPath', remote(options.developmentPath)]);
  if (options.testsPath !== undefined) payload.push(['extensionTestsPath', remote(options.testsPath)]);
  const query = new URLSearchParams({
    [options.open.endsWith('.code-workspace') ? 'workspace' : 'folder']: options.open,
    payload: JSON.stringify(payload),
  });
  return `${server.url}?${query.toString()}`;
}
