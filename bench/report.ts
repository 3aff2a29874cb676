import type { TargetReport } from './measure.ts';

/** The table people read: latencies as added to `direct` of the same run. */
export function writeTable(reports: readonly TargetReport[]): string {
  const direct = reports.find(({ name }) => name === 'direct');
  const rows = reports.map((report) => {
    const over = (pick: (report: TargetReport) => number): string =>
      report.name === 'direct' || direct === undefined ? ms(pick(report)) : signed(pick(report) - pick(direct));
    return [
      report.name,
      over(({ small }) => small.p50),
      over(({ small }) => small.p99),
      over(({ large }) => large.p50),
      over(({ large }) => large.p99),
      report.throughput.p50.toFixed(0),
      over(({ eventLag }) => eventLag.p50),
      over(({ eventLag }) => eventLag.p99),
      report.cost === undefined ? '' : (report.cost.cpuMs / 1000).toFixed(1),
      report.cost === undefined ? '' : report.cost.peakRssMb.toFixed(0),
      report.recorded === undefined ? '' : `${report.recorded} of ${report.exchanges}`,
    ];
  });
  return layOut([
    ['', '2 KB p50', 'p99', '1 MB p50', 'p99', 'req/s', 'event p50', 'p99', 'CPU s', 'peak MB', 'recorded'],
    ...rows,
  ]);
}

/** CPU time of each process for one request, in ms, by size of its body. */
export function writeCpuTable(reports: readonly TargetReport[]): string {
  const known = reports.filter(({ cpu }) => cpu.some(({ ms: spent }) => !Number.isNaN(spent)));
  const sizes = [...new Set(known.flatMap(({ cpu }) => cpu.map(({ bodyBytes }) => bodyBytes)))].toSorted(
    (a, b) => a - b,
  );
  return layOut([
    ['CPU ms a request', ...sizes.map((bytes) => `${bytes / 1024} KB`)],
    ...known.map(({ name, cpu }) => [
      name,
      ...sizes.map((bytes) => ms(cpu.find(({ bodyBytes }) => bodyBytes === bytes)?.ms ?? NaN)),
    ]),
  ]);
}

export const TABLE_NOTE =
  'ms; direct as it is, the others as added to direct. req/s at 16 connections, median of the rounds. Event lag over 100 concurrent streams.';

function ms(value: number): string {
  return Number.isNaN(value) ? 'none' : value.toFixed(3);
}

function signed(value: number): string {
  return Number.isNaN(value) ? 'none' : `${value < 0 ? '' : '+'}${value.toFixed(3)}`;
}

function layOut(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '))
    .join('\n');
}
