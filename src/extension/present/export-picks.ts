import type { ExchangeFormat } from '../../explain/export/write-exchanges.ts';
import type { Voice } from './voice.ts';

export interface ExportPick {
  readonly label: string;
  readonly description: string;
  readonly format: ExchangeFormat | 'prometheus';
  /** Of the file, without a dot. */
  readonly ending: string;
}

export function presentExportFormats({ t }: Voice): readonly ExportPick[] {
  return [
    { label: t('Every request, for programs'), description: 'JSON', format: 'json', ending: 'json' },
    { label: t('Every request, for a spreadsheet'), description: 'CSV', format: 'csv', ending: 'csv' },
    { label: t('Times and sizes, for a network viewer'), description: 'HAR', format: 'har', ending: 'har' },
    { label: t('What is known now, for monitoring'), description: 'Prometheus', format: 'prometheus', ending: 'prom' },
  ];
}
