import { toCsv, type Cell, type Sheet } from './csv.ts';
import { button, h } from './dom.ts';
import { numberFormat, sayInstant, type Words } from './words.ts';

export interface PanelDeps {
  readonly words: Words;
  readonly copyCsv: (csv: string) => void;
  readonly copyPng: (svg: SVGSVGElement, title: string) => void;
  /** Whether this panel shows its table instead of its drawing, by id; kept over reloads. */
  readonly showsTable: (id: string) => boolean;
  readonly toggleTable: (id: string) => void;
}

export interface PanelContent {
  readonly id: string;
  readonly title: string;
  /** One sentence that says what is to be seen. */
  readonly lead?: string | undefined;
  /** Choices above the drawing. */
  readonly controls?: readonly HTMLElement[];
  readonly body: HTMLElement;
  /** Made only when it is shown or copied. */
  readonly sheet: () => Sheet;
  /** What stands in the place of an empty drawing. */
  readonly empty?: string | undefined;
  readonly wide?: boolean;
}

/** One chart with its title, its sentence, its table and its ways out. */
export function panel(deps: PanelDeps, content: PanelContent): HTMLElement {
  const { words, showsTable, toggleTable, copyCsv, copyPng } = deps;
  const { t } = words;
  const { id, title, sheet } = content;
  const heading = h('h2', { id: `${id}-title` }, title);
  const tabular = showsTable(id);
  const tools =
    content.empty === undefined
      ? h(
          'div',
          { class: 'tools', role: 'group', 'aria-label': t('{0}: view and copy', title) },
          button({ 'aria-pressed': String(tabular), 'data-focus': `${id}-table` }, () => toggleTable(id), t('Table')),
          button(
            { 'aria-label': t('CSV: copy {0}', title), 'data-focus': `${id}-csv` },
            () => copyCsv(toCsv(sheet())),
            'CSV',
          ),
          button(
            { 'aria-label': t('PNG: copy {0} as a picture', title), 'data-focus': `${id}-png`, disabled: tabular },
            () => {
              const svg = section.querySelector<SVGSVGElement>('svg.plot');
              if (svg !== null) copyPng(svg, title);
            },
            'PNG',
          ),
        )
      : undefined;
  const body =
    content.empty === undefined
      ? tabular
        ? table(words, title, sheet())
        : content.body
      : h('p', { class: 'empty' }, content.empty);
  const section = h(
    'section',
    { class: content.wide === true ? 'panel wide' : 'panel', 'aria-labelledby': `${id}-title`, id },
    h('header', {}, heading, tools),
    content.lead === undefined ? undefined : h('p', { class: 'lead' }, content.lead),
    ...(content.empty === undefined ? (content.controls ?? []) : []),
    body,
  );
  return section;
}

function table(words: Words, title: string, { head, rows }: Sheet): HTMLElement {
  const cells = (tag: 'th' | 'td', row: Sheet['rows'][number]) =>
    row.map((cell, i) =>
      h(
        i === 0 ? 'th' : tag,
        {
          class: typeof cell === 'number' ? 'figure' : undefined,
          scope: i === 0 ? (tag === 'th' ? 'col' : 'row') : tag === 'th' ? 'col' : undefined,
        },
        sayCell(words, cell),
      ),
    );
  return h(
    'div',
    { class: 'table', tabindex: 0, role: 'region', 'aria-label': title },
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, ...cells('th', head))),
      h('tbody', {}, ...rows.map((row) => h('tr', {}, ...cells('td', row)))),
    ),
  );
}

function sayCell(words: Words, cell: Cell): string {
  if (cell instanceof Date) return sayInstant(words, cell.getTime(), 0);
  return cell === undefined ? '' : typeof cell === 'number' ? numberFormat(words.locale, {}).format(cell) : cell;
}

/** A row of choices of which one holds: radio buttons, so that arrow keys and screen readers know what they are. */
export function choices<T extends string>(
  name: string,
  label: string,
  options: readonly { readonly value: T; readonly text: string }[],
  chosen: T,
  choose: (value: T) => void,
): HTMLElement {
  return h(
    'div',
    { class: 'choices', role: 'radiogroup', 'aria-label': label },
    ...options.map(({ value, text }) => {
      const input = h('input', { type: 'radio', name, value, 'data-focus': `${name}-${value}` });
      input.checked = value === chosen;
      input.addEventListener('change', () => choose(value));
      return h('label', {}, input, h('span', {}, text));
    }),
  );
}
