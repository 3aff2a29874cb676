import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { CommandId } from '../../src/extension/registry/commands.ts';
import type { ViewId, Words } from './manifest-words.ts';

/**
 * One VS Code window as a user sees it. Roles and accessible names first; class names only where VS Code has had them for years.
 * Checked against VS Code 1.139. Every wait is bounded by the page's default time limit.
 */
export interface Workbench {
  readonly page: Page;
  /** The workbench is up and its extension host answers. */
  ready(): Promise<void>;
  /** Runs a command from the palette by its title or the beginning of it, with the keyboard alone. */
  run(title: string): Promise<void>;
  /** Runs one of our commands so. */
  command(id: CommandId): Promise<void>;
  /** The same with something done in between: the command's entry is chosen, then `meanwhile` runs, then Enter. */
  commandAfter(id: CommandId, meanwhile: () => Promise<void>): Promise<void>;
  /** Puts the keyboard into one of our views, from the palette. */
  focusView(id: ViewId): Promise<void>;
  /** Our commands and views that were driven by keyboard so far. */
  readonly driven: ReadonlySet<string>;
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

export function createWorkbench(page: Page, words: Words): Workbench {
  const quickInput = page.locator('.quick-input-widget').filter({ visible: true });
  const statusBar = page.locator('.part.statusbar');

  const palette = async (text: string): Promise<void> => {
    const input = quickInput.locator('input').first();
    // VS Code takes no key in the moment an editor or another list closes.
    for (let i = 0; i < 3; i++) {
      await page.keyboard.press('F1');
      const opened = input.waitFor({ timeout: 5000 }).then(() => input.fill(`>${text}`, { timeout: 3000 }));
      const failed = await opened.then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failed === undefined) return;
      if (i === 2) throw failed;
    }
  };

  const driven = new Set<string>();

  /** Opens the palette on a command and goes to its entry; the first with that name is often chosen already. */
  const choose = async (title: string): Promise<void> => {
    const option = quickInput.getByRole('option', { name: title }).first();
    // What holds a command back (its when-clause, a palette closed by a window that came up) is looked at anew.
    for (let i = 0; i < 5; i++) {
      await palette(title);
      const shown = await option.waitFor({ timeout: 6000 }).then(
        () => true,
        () => false,
      );
      if (shown && (await goTo(option))) return;
      await page.keyboard.press('Escape');
    }
    await option.waitFor();
    if (!(await goTo(option))) throw new Error(`the palette closed before "${title}" was reached`);
  };

  /** Moves down to an entry that is shown; false where the list went away meanwhile, or does not have it within reach. */
  const goTo = async (option: Locator): Promise<boolean> => {
    for (let i = 0; i < 12; i++) {
      const chosen = await isChosen(option).catch(() => undefined);
      if (chosen !== false) return chosen === true;
      await page.keyboard.press('ArrowDown');
    }
    return false;
  };

  const run = async (title: string): Promise<void> => {
    await choose(title);
    await page.keyboard.press('Enter');
    const ours = words.commandTitled(title);
    if (ours !== undefined) driven.add(ours);
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

    run,
    driven,
    command: (id) => run(`Planward: ${words.titleOf(id)}`),

    async commandAfter(id, meanwhile) {
      await choose(`Planward: ${words.titleOf(id)}`);
      await meanwhile();
      await page.keyboard.press('Enter');
      driven.add(id);
    },

    async focusView(id) {
      const header = page.locator(`.pane-header[aria-label^="${words.nameOf(id)}"]`);
      const focused = page.locator('.part.sidebar .pane:focus-within').filter({ has: header });
      // Shown for the first time, a view loses the keyboard when its rows take the place of its welcome text.
      for (let i = 0; i < 5; i++) {
        await run(words.focusTitleOf(id));
        // Lost at once, it does not come back by itself.
        await focused.waitFor({ timeout: 5000 }).catch(() => undefined);
        await page.waitForTimeout(500);
        if (await focused.isVisible()) break;
      }
      await focused.waitFor();
      driven.add(id);
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

/** Whether Enter would take this entry of a list. */
async function isChosen(option: Locator): Promise<boolean> {
  return /\bfocused\b/.test((await option.getAttribute('class', { timeout: 3000 })) ?? '');
}
