import type { History } from '../core/history.ts';
import type { DashboardView, FromPage, ToPage } from '../protocol/dashboard.ts';
import { toBase64, toPng } from './png.ts';
import { readState, RANGES, type PageState } from './page-state.ts';
import { drawPage } from './page.ts';
import { bucketFor, type Span } from './scales.ts';
import type { VscodeApi } from './vscode-api.ts';
import { createWords, type Words } from './words.ts';

/** How old what is drawn may grow; short spans move faster, and an empty page waits for its first figures. */
const STALE_MS = { '5h': 10_000, day: 20_000, week: 60_000, month: 60_000, year: 300_000 } as const;
const EMPTY_MS = 3000;
const LOOK_MS = 3000;

const vscode: VscodeApi = acquireVsCodeApi();
const root = document.getElementById('page')!;
let state = readState(vscode.getState());
let words: Words = createWords('en', 'UTC', {});
let view: DashboardView | undefined;
let history: History | undefined;
let failure: string | undefined;
let said = '';
let asked = { id: 0, key: '' };
let pending = false;
/** By this page's own clock, which need not be the relay's. */
let historyCame = 0;
let viewCame = 0;

/** To the window this page is in; there is no other this line leads to. */
function send(message: FromPage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- VS Code's line, not a frame's
  vscode.postMessage(message);
}

function change(next: Partial<PageState>): void {
  state = { ...state, ...next };
  vscode.setState(state);
  ask();
  draw();
}

function boundsOf(now: number): Span {
  return { from: now - RANGES[state.range], to: now };
}

/** Asks for what is to be drawn, where that is not what was asked last or grew old. */
function ask(): void {
  const account = accountOf();
  if (view === undefined || view.state !== 'live' || account === undefined || document.hidden) return;
  const { from, to } = state.zoomed ?? boundsOf(view.now + performance.now() - viewCame);
  const bucket = bucketFor(to - from);
  const { providerId, accountKey } = account;
  const empty = history === undefined || history.burn.agent.length === 0;
  const fresh = performance.now() - historyCame < (empty ? EMPTY_MS : STALE_MS[state.range]);
  const key = JSON.stringify([providerId, accountKey, state.range, state.zoomed, bucket]);
  if (key === asked.key && (pending || fresh)) return;
  asked = { id: asked.id + 1, key };
  pending = true;
  send({
    type: 'query',
    id: asked.id,
    from: Math.max(0, Math.floor(from)),
    to: Math.ceil(to),
    bucket,
    providerId,
    accountKey,
  });
}

function accountOf(): DashboardView['accounts'][number] | undefined {
  const accounts = view?.accounts ?? [];
  return accounts.find(({ providerId, accountKey }) => `${providerId} ${accountKey}` === state.account) ?? accounts[0];
}

let drawing = 0;
/** Draws at most once a frame. */
function draw(): void {
  drawing ||= requestAnimationFrame(() => {
    drawing = 0;
    drawNow();
  });
}

function drawNow(): void {
  const began = performance.now();
  const focused = document.activeElement?.closest<HTMLElement>('[data-focus]')?.dataset['focus'];
  const frames = [...root.querySelectorAll<HTMLElement>('.plot-frame')];
  const frame = frames.findIndex((each) => each === document.activeElement);
  const at = frames[frame]?.dataset['at'];
  const scroll = document.scrollingElement?.scrollTop ?? 0;
  drawPage(root, {
    words,
    view,
    account: accountOf(),
    history,
    failure,
    said,
    state,
    bounds: boundsOf(view?.now ?? 0),
    change,
    run: (command) => send({ type: 'run', command }),
    copyCsv: (text) => send({ type: 'copy', text }),
    copyPng: (svg, title) => void copyPng(svg, title),
  });
  if (focused !== undefined) root.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  const again = frame < 0 ? undefined : root.querySelectorAll<HTMLElement>('.plot-frame')[frame];
  again?.focus();
  if (at !== undefined) again?.dispatchEvent(new CustomEvent('restore', { detail: Number(at) }));
  document.scrollingElement?.scrollTo(0, scroll);
  // Read by the end-to-end test and by anyone who looks at the page.
  root.dataset['drawMs'] = (performance.now() - began).toFixed(1);
}

/** Onto the clipboard where the page may, else into a file through the window. */
async function copyPng(svg: SVGSVGElement, title: string): Promise<void> {
  const picture = toPng(svg, title);
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
    say(words.t('Copied as a picture.'));
  } catch {
    const data = await toBase64(await picture);
    send({ type: 'save', name: `planward-${title.toLowerCase().replaceAll(/\W+/g, '-')}.png`, data });
  }
}

function say(text: string): void {
  said = text;
  draw();
}

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case 'setup':
      words = createWords(data.locale, data.zone, data.words);
      document.documentElement.lang = data.locale;
      break;
    case 'view':
      view = data.view;
      viewCame = performance.now();
      ask();
      break;
    case 'history':
      if (data.id !== asked.id) return;
      pending = false;
      failure = undefined;
      history = data.history;
      historyCame = performance.now();
      break;
    case 'failed':
      if (data.id !== asked.id) return;
      pending = false;
      failure = data.message;
      historyCame = performance.now();
      break;
    case 'copied':
      say(data.what === 'csv' ? words.t('Copied as CSV.') : words.t('Picture saved.'));
      return;
    default:
      data satisfies never;
  }
  draw();
});
let width = 0;
new ResizeObserver(() => {
  if (root.clientWidth === width) return;
  width = root.clientWidth;
  draw();
}).observe(root);
document.addEventListener('visibilitychange', ask);
setInterval(ask, LOOK_MS);
send({ type: 'ready' });
