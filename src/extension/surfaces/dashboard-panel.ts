import { randomBytes } from 'node:crypto';
import { commands, env, l10n, Uri, ViewColumn, window, workspace } from 'vscode';
import type { Disposable, WebviewPanel } from 'vscode';
import { fetchHistory } from '../../client/call-relay.ts';
import { fromPageSchema, type FromPage, type ToPage } from '../../protocol/dashboard.ts';
import { inVoice } from '../present/in-voice.ts';
import { dashboardPage } from '../present/dashboard-page.ts';
import { presentDashboard } from '../present/dashboard-view.ts';
import type { Voice } from '../present/voice.ts';
import { readPlace } from '../settings.ts';
import type { State } from '../state.ts';

export const DASHBOARD_VIEW = 'planward.dashboard';

/** One page of charts for this window. */
export interface DashboardPanel {
  open(): void;
  dispose(): void;
}

/** Makes the page when it is asked for, and again after a reload; what the user chose in it VS Code keeps. */
export function createDashboardPanel(voice: Voice, state: State, extensionUri: Uri): DashboardPanel {
  const files = Uri.joinPath(extensionUri, 'dist');
  let open: { readonly panel: WebviewPanel; readonly parts: readonly Disposable[] } | undefined;

  function adopt(panel: WebviewPanel): void {
    close();
    const { webview } = panel;
    const tell = (message: ToPage): void => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- VS Code's line to its page, not a frame's
      void webview.postMessage(message);
    };
    let ready = false;
    let shown = '';
    const drawing = state.draw((connection) => {
      if (!ready || !panel.visible) return;
      const view = presentDashboard(voice, connection, readPlace().port, Date.now());
      const next = JSON.stringify({ ...view, now: Math.floor(view.now / 20_000) });
      if (next === shown) return;
      shown = next;
      tell({ type: 'view', view });
    });
    const heard = webview.onDidReceiveMessage((message: unknown) => {
      const parsed = fromPageSchema.safeParse(message);
      if (!parsed.success) return;
      if (parsed.data.type === 'ready') {
        // Also after the page was hidden: it is made anew then.
        ready = true;
        shown = '';
        tell({ type: 'setup', locale: voice.locale, zone: zoneHere(voice), words: wordsHere() });
        state.redraw();
      } else void answer(parsed.data, tell);
    });
    const moved = panel.onDidChangeViewState(() => panel.visible && state.redraw());
    const gone = panel.onDidDispose(() => {
      if (open?.panel !== panel) return;
      for (const part of open.parts) part.dispose();
      open = undefined;
    });
    open = { panel, parts: [drawing, heard, moved, gone] };
    webview.options = {
      enableScripts: true,
      localResourceRoots: [files],
      enableCommandUris: false,
      enableForms: false,
    };
    panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.png');
    webview.html = dashboardPage({
      title: voice.t('Planward: dashboard'),
      language: voice.locale,
      script: webview.asWebviewUri(Uri.joinPath(files, 'dashboard.js')).toString(),
      style: webview.asWebviewUri(Uri.joinPath(files, 'dashboard.css')).toString(),
      source: webview.cspSource,
      nonce: randomBytes(18).toString('base64url'),
    });
  }

  async function answer(message: Exclude<FromPage, { type: 'ready' }>, tell: (message: ToPage) => void): Promise<void> {
    switch (message.type) {
      case 'query': {
        const { id, from, to, bucket, providerId, accountKey } = message;
        const { endpoint } = state.current();
        const told =
          endpoint === undefined
            ? undefined
            : await fetchHistory(endpoint, { from, to, bucket, providerId, accountKey, zone: zoneHere(voice) });
        if (told?.ok === true) return tell({ type: 'history', id, history: told.value });
        const why =
          told === undefined
            ? voice.t('The relay is off.')
            : voice.t('The ledger could not be read: {0}', inVoice(voice, told.message));
        return tell({ type: 'failed', id, message: why });
      }
      case 'run':
        await commands.executeCommand(message.command);
        return;
      case 'copy':
        await env.clipboard.writeText(message.text);
        return tell({ type: 'copied', what: 'csv' });
      case 'save': {
        const folder = workspace.workspaceFolders?.[0]?.uri;
        const name = message.name.replaceAll(/[^\w.-]+/g, '-');
        const to = await window.showSaveDialog({
          ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }),
          filters: { PNG: ['png'] },
        });
        if (to === undefined) return;
        await workspace.fs.writeFile(to, Buffer.from(message.data, 'base64'));
        return tell({ type: 'copied', what: 'png' });
      }
      default:
        message satisfies never;
    }
  }

  function close(): void {
    open?.panel.dispose();
  }

  const serializer = window.registerWebviewPanelSerializer(DASHBOARD_VIEW, {
    deserializeWebviewPanel: (panel) => {
      adopt(panel);
      return Promise.resolve();
    },
  });
  return {
    open() {
      if (open !== undefined) return open.panel.reveal();
      adopt(window.createWebviewPanel(DASHBOARD_VIEW, voice.t('Planward: dashboard'), ViewColumn.Active));
    },
    dispose() {
      serializer.dispose();
      close();
    },
  };
}

/** Days are cut where the relay and the ledger are: on the machine this runs on. */
function zoneHere({ timeZone }: Voice): string {
  return timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The user's language as the page needs it; empty for English. */
function wordsHere(): Readonly<Record<string, string>> {
  const bundle: Readonly<Record<string, unknown>> = l10n.bundle ?? {};
  const texts = Object.entries(bundle).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
}
