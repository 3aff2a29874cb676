/** An instant is told in ISO 8601 where programs read it, and in the user's own way where people do. */
export type Cell = string | number | Date | undefined;

/** What a chart shows, as rows: the same for its table, its CSV and who reads it aloud. */
export interface Sheet {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** RFC 4180 with line feeds. A cell that a spreadsheet would take for a formula is kept from that by a leading quote. */
export function toCsv({ head, rows }: Sheet): string {
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\n') + '\n';
}

function cell(value: Cell): string {
  if (value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const safe = /^\s*[=+\-@|＝＋－＠]/.test(value) || /^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
