import { openTextModel, type TextModelData } from '../../src/scope/text-model.ts';
import type { Row } from './rows.ts';

/** Area under the ROC curve of scores against labels (1 positive). */
export function areaUnderCurve(points: readonly { readonly score: number; readonly off: boolean }[]): number {
  const sorted = points.toSorted((a, b) => a.score - b.score);
  let rank = 0;
  let positives = 0;
  for (let i = 0; i < sorted.length;) {
    let j = i;
    while (j < sorted.length && sorted[j]!.score === sorted[i]!.score) j++;
    for (let k = i; k < j; k++) {
      if (sorted[k]!.off) {
        rank += (i + j + 1) / 2;
        positives++;
      }
    }
    i = j;
  }
  const negatives = sorted.length - positives;
  return (rank - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Text-only figures while training: by language and set, AUC, accuracy at even odds, catch at 1.5 % false flags. */
export function quickReport(data: TextModelData, rows: readonly Row[]): string {
  const model = openTextModel(data);
  const groups = new Map<string, { score: number; off: boolean; row: Row }[]>();
  for (const row of rows) {
    if (row.label === 'ambiguous' || row.category === 'follow-up') continue;
    const language = row.lang === 'en' || row.lang === 'zh' ? row.lang : 'other';
    const set = /^hard|trap/.test(row.source) ? row.source : 'dev';
    const point = { score: model.score(row.text).logOdds, off: row.label === 'off-scope', row };
    for (const key of [`${language} ${set}`, ...(set === 'dev' ? [`${language} ${row.source}`] : [])]) {
      const list = groups.get(key) ?? [];
      list.push(point);
      groups.set(key, list);
    }
  }
  const lines: string[] = [];
  for (const [name, points] of [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const off = points.filter((p) => p.off);
    const coding = points.filter((p) => !p.off).map((p) => p.score);
    const sorted = coding.toSorted((a, b) => b - a);
    const threshold = sorted[Math.floor(coding.length * 0.015)] ?? 0;
    const right = points.filter((p) => p.score > 0 === p.off).length / points.length;
    const caught = off.filter((p) => p.score > threshold).length / Math.max(1, off.length);
    const flagged = coding.filter((s) => s > 0).length / Math.max(1, coding.length);
    const auc = off.length > 0 && coding.length > 0 ? areaUnderCurve(points).toFixed(4) : '-';
    lines.push(
      `${name.padEnd(28)} coding ${String(coding.length).padStart(4)} off ${String(off.length).padStart(4)}  auc ${auc}  right ${(right * 100).toFixed(1)}%  coding>0 ${(flagged * 100).toFixed(1)}%  caught at 1.5% fp ${(caught * 100).toFixed(1)}% (at ${threshold.toFixed(2)})`,
    );
  }
  return lines.join('\n');
}
