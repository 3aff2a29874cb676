import type { FrameLocator, Locator, Page } from 'playwright-core';

/**
 * One VS Code window as a user sees it. Roles and accessible names first; class names only where VS Code has had them for years.
 * Checked against VS Code 1.139. Every wait is bounded by the page's default time limit.
 */
export interface Workbench {
  readonly page: Page;
  /** The workbench is up and its extension host answers. */
  ready(): Promise<void>;
  /** Runs a command from the palette by its full title. */
  run(title: string): Promise<void>;
  /** Opens the palette on a text and leaves it open. */
  palette(text: string): Promise<void>;
  /** The palette, a pick list or an input box, whichever is open. */
  readonly quickInput: Locator;
  openFile(name: string): Promise<void>;
  /** Status bar entry of an extension; its text comes without the icon. */
  statusItem(extensionId: string, itemId: string): Locator;
  /** Shows a view container of the activity bar. */
  openContainer(title: string): Promise<void>;
  treeRows(view: string): Locator;
  /** The hover card that shows now. */
  readonly hover: Locator;
  /** Takes the mouse off everything and waits until no hover card shows. */
  lookAway(): Promise<void>;
  readonly toasts: Locator;
  /** Inner document of the n-th webview. */
  webview(index?: number): FrameLocator;
}

export function createWorkbench(page: Page): Workbench {
  const quickInput = page.locator('.quick-input-widget').filter({ visible: true });
  const statusBar = page.locator('.part.statusbar');

  const palette = async (text: string): Promise<void> => {
    await page.keyboard.press('F1');
    const input = quickInput.locator('input').first();
    await input.waitFor();
    await input.fill(`>${text}`);
  };

  const hover = page.locator('.monaco-hover, .workbench-hover').filter({ visible: true });

  return {
    page,
    quickInput,
    palette,
    hover,
    toasts: page.locator('.notifications-toasts .notification-toast'),

    async ready() {
      await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
      await statusBar.waitFor({ timeout: 60_000 });
      await page.locator('.part.sidebar .pane-header').first().waitFor({ timeout: 60_000 });
      await statusBar.getByText('Activating Extensions').waitFor({ state: 'hidden', timeout: 60_000 });
    },

    async run(title) {
      await palette(title);
      await quickInput.getByRole('option', { name: title }).first().click();
    },

    async lookAway() {
      await page.mouse.move(900, 560);
      await hover.first().waitFor({ state: 'hidden' });
    },

    async openFile(name) {
      await page.keyboard.press('Control+P');
      const input = quickInput.locator('input').first();
      await input.waitFor();
      await input.fill(name);
      await quickInput.getByRole('option', { name }).first().click();
      await page.getByRole('tab', { name }).first().waitFor();
    },

    statusItem: (extensionId, itemId) => statusBar.locator(`[id="${extensionId}.${itemId}"]`),

    async openContainer(title) {
      const tab = page.locator('.part.activitybar').getByRole('tab', { name: title });
      await tab.waitFor();
      if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    },

    treeRows: (view) => page.locator('.part.sidebar').getByRole('tree', { name: view }).getByRole('treeitem'),

    webview: (index = 0) => page.frameLocator('iframe.webview.ready').nth(index).frameLocator('iframe#active-frame'),
  };
}
