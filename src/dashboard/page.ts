import type { History, HistoryDim } from '../core/history.ts';
import type { DashboardAccount, DashboardView } from '../protocol/dashboard.ts';
import { burnChart, burnLead, burnSheet } from './burn-chart.ts';
import { capacityChart, capacityLead, capacitySheet, capacityWindow } from './capacity-chart.ts';
import { costChart, costLead, costSheet } from './cost-chart.ts';
import { cycleCard } from './cycle-card.ts';
import { button, h } from './dom.ts';
import { choices, panel, type PanelDeps } from './panel.ts';
import type { Span } from './scales.ts';
import { timeline, timelineSheet } from './timeline.ts';
import type { PageInput } from './page-input.ts';
import { toolbar } from './toolbar.ts';
import { weekMap, weekSheet } from './week-map.ts';
import { charted, windowChart, windowSheet } from './window-chart.ts';
import { sayCount, sayMoney, type Words } from './words.ts';

/** Padding and border of a panel, px: what its drawing cannot use. */
const FRAME = 29;
const GAP = 12;

/** Draws everything anew: a few hundred elements, which takes less time than finding out what changed. */
export function drawPage(root: HTMLElement, input: PageInput): void {
  const { words, view, account, history, said } = input;
  const { t } = words;
  const parts: (HTMLElement | undefined)[] = [h('p', { class: 'said', role: 'status' }, said)];
  if (view === undefined) parts.push(h('p', { class: 'empty big' }, t('Planward is looking for the relay.')));
  else {
    if (view.state !== 'live') parts.push(notice(input, view));
    if (account !== undefined) {
      const ours = history !== undefined && isOf(history, account) ? history : undefined;
      parts.push(toolbar(input), ...notes(input, account), cards(input, account, ours, root.clientWidth, view.now));
      if (ours !== undefined) parts.push(figures(words, ours), ...panels(input, ours, root.clientWidth));
      else if (view.state === 'live')
        parts.push(h('p', { class: 'empty big' }, input.failure ?? t('Reading the ledger…')));
    }
  }
  root.replaceChildren(...parts.filter((part) => part !== undefined));
}

function isOf({ account }: History, { providerId, accountKey }: DashboardAccount): boolean {
  return account.providerId === providerId && account.accountKey === accountKey;
}

/** One sentence and one next step. */
function notice({ run }: PageInput, { message, action, state }: DashboardView): HTMLElement {
  return h(
    'div',
    { class: `notice notice-${state}`, role: 'status' },
    h('p', {}, message ?? ''),
    action === undefined
      ? undefined
      : button({ class: 'primary', 'data-focus': 'next-step' }, () => run(action.command), action.label),
  );
}

function notes({ failure }: PageInput, account: DashboardAccount): HTMLElement[] {
  return [...account.notes, ...(failure === undefined ? [] : [failure])].map((note) => h('p', { class: 'note' }, note));
}

function cards(
  { words }: PageInput,
  account: DashboardAccount,
  history: History | undefined,
  width: number,
  now: number,
): HTMLElement {
  const columns = Math.max(1, Math.min(account.cards.length, Math.floor((width + GAP) / (280 + GAP))));
  const each = (width - (columns - 1) * GAP) / columns - FRAME;
  const made = h(
    'div',
    { class: 'cards' },
    ...account.cards.map((card) =>
      cycleCard(
        words,
        card,
        history?.windows.find(({ id }) => id === card.id),
        now,
        Math.max(200, each),
      ),
    ),
  );
  made.style.setProperty('--columns', String(columns));
  return made;
}

function figures(words: Words, history: History): HTMLElement {
  const { t } = words;
  const sum = (pick: 'tokens' | 'requests') =>
    history.burn.agent.flatMap((series) => series[pick]).reduce((total, value) => total + value, 0);
  const refusals = history.failures.reduce((total, { count }) => total + count, 0);
  const { totalUsdMicros } = history.cost;
  const said: readonly (readonly [string, string])[] = [
    [t('Tokens'), sayCount(words, sum('tokens'))],
    [t('Requests'), sayCount(words, sum('requests'))],
    [t('Refusals'), sayCount(words, refusals)],
    [t('Flags'), sayCount(words, history.flags.length)],
    [t('At API prices'), totalUsdMicros === undefined ? t('unknown') : sayMoney(words, totalUsdMicros)],
  ];
  return h(
    'dl',
    { class: 'figures' },
    ...said.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

function panels(input: PageInput, history: History, width: number): HTMLElement[] {
  const { words, state, change, bounds, copyCsv, copyPng } = input;
  const { t } = words;
  const deps: PanelDeps = {
    words,
    copyCsv,
    copyPng,
    showsTable: (id) => state.tables.includes(id),
    toggleTable: (id) => change({ tables: toggled(state.tables, id) }),
  };
  const two = width >= 760;
  const full = width - FRAME;
  const wide = two ? Math.floor((width - GAP) * 0.62) - FRAME : full;
  const narrow = two ? width - GAP - (wide + FRAME) - FRAME : full;
  const half = two ? (width - GAP) / 2 - FRAME : full;
  const common = { bounds, onZoom: (zoomed: Span | undefined) => change({ zoomed }) };
  const nothing = history.burn.agent.length === 0 ? t('Nothing passed the relay in this time.') : undefined;
  const capacity = capacityWindow(history);
  return [
    h(
      'div',
      { class: two ? 'row row-wide' : 'row' },
      panel(deps, {
        id: 'burn',
        title: t('Burn'),
        lead: burnLead(words, history, state),
        controls: [burnControls(input)],
        body: burnChart(words, history, state, common, (id) => change({ hidden: toggled(state.hidden, id) }), wide),
        sheet: () => burnSheet(words, history, state),
        empty: nothing,
      }),
      panel(deps, {
        id: 'week',
        title: t('Hours of the week'),
        lead: history.week.peak === undefined ? undefined : t('Hatched: the plan’s peak hours, at full price'),
        body: weekMap(words, history, state.measure, narrow, two ? 34 : 22),
        sheet: () => weekSheet(words, history, state.measure),
        empty: nothing,
      }),
    ),
    panel(deps, {
      id: 'windows',
      title: t('Plan windows over time'),
      lead: t('The fullest reading in each step, as the provider said it'),
      body: windowChart(words, history, common, full),
      sheet: () => windowSheet(words, history),
      empty: charted(history).length === 0 ? t('The provider said nothing of its windows in this time.') : undefined,
    }),
    panel(deps, {
      id: 'timeline',
      title: t('Refusals and flags'),
      body: timeline(words, history, common, full),
      sheet: () => timelineSheet(words, history),
      empty:
        history.failures.length + history.flags.length === 0
          ? t('No request was refused and none was flagged in this time.')
          : undefined,
    }),
    h(
      'div',
      { class: two ? 'row row-half' : 'row' },
      panel(deps, {
        id: 'cost',
        title: t('Cost at API prices'),
        lead: costLead(words, history),
        body: costChart(words, history, common, half),
        sheet: () => costSheet(words, history),
        empty: history.cost.totalUsdMicros === undefined ? t('No price is known for what was used.') : undefined,
      }),
      panel(deps, {
        id: 'capacity',
        title: t('What one percent held'),
        lead: capacity === undefined ? undefined : capacityLead(words, capacity),
        body: capacity === undefined ? h('div') : capacityChart(words, history, capacity, half),
        sheet: () => capacitySheet(words, capacity),
        empty:
          capacity === undefined ? t('Too little was read of the windows to tell what one percent holds.') : undefined,
      }),
    ),
  ];
}

function burnControls({ words, state, change }: PageInput): HTMLElement {
  const { t } = words;
  const dims: readonly { value: HistoryDim; text: string }[] = [
    { value: 'agent', text: t('Agents') },
    { value: 'model', text: t('Models') },
    { value: 'kind', text: t('Kinds') },
    { value: 'workspace', text: t('Workspaces') },
    { value: 'session', text: t('Sessions') },
  ];
  return h(
    'div',
    { class: 'controls' },
    choices('dim', t('Told apart by'), dims, state.dim, (dim) => change({ dim, hidden: [] })),
    choices(
      'measure',
      t('Measured in'),
      [
        { value: 'tokens' as const, text: t('Tokens') },
        { value: 'requests' as const, text: t('Requests') },
      ],
      state.measure,
      (measure) => change({ measure }),
    ),
  );
}

function toggled(list: readonly string[], entry: string): readonly string[] {
  return list.includes(entry) ? list.filter((each) => each !== entry) : [...list, entry];
}
