import { button, h } from './dom.ts';
import { RANGES, type Range } from './page-state.ts';
import type { PageInput } from './page-input.ts';
import { choices } from './panel.ts';
import { sayInstant } from './words.ts';

/** Account, range and the way back from a zoom. */
export function toolbar({ words, view, account, state, change }: PageInput): HTMLElement {
  const { t } = words;
  const names: Readonly<Record<Range, string>> = {
    '5h': t('5 hours'),
    day: t('Day'),
    week: t('Week'),
    month: t('Month'),
    year: t('Year'),
  };
  const ranges = (Object.keys(RANGES) as Range[]).map((value) => ({ value, text: names[value] }));
  const accounts = view?.accounts ?? [];
  const picker = h('select', { 'aria-label': t('Account'), 'data-focus': 'account' });
  for (const each of accounts) {
    const option = h('option', { value: `${each.providerId} ${each.accountKey}` }, each.name);
    option.selected = each === account;
    picker.append(option);
  }
  picker.addEventListener('change', () => change({ account: picker.value, zoomed: undefined, hidden: [] }));
  const { zoomed } = state;
  const width = zoomed === undefined ? 0 : (zoomed.to - zoomed.from) / 100;
  return h(
    'div',
    { class: 'toolbar', role: 'group', 'aria-label': t('What is shown') },
    accounts.length > 1 ? picker : h('h1', {}, account?.name ?? ''),
    choices('range', t('Range'), ranges, state.range, (range) => change({ range, zoomed: undefined })),
    zoomed === undefined
      ? undefined
      : button(
          { class: 'zoomed', 'data-focus': 'zoom-reset' },
          () => change({ zoomed: undefined }),
          t('{0} to {1}: show all', sayInstant(words, zoomed.from, width), sayInstant(words, zoomed.to, width)),
        ),
  );
}
