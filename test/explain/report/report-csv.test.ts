import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { countsCsv, failuresCsv } from '../../../src/explain/report/report-csv.ts';
import { readSince } from '../../../src/cli/report/read-since.ts';
import { aFailure, aReport, T0 } from '../a-report.ts';

/** Cells of one line, quotes taken away (RFC 4180). */
function cells(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

test('counts are a line each, with a head', () => {
  expect(countsCsv(aReport()).split('\r\n').slice(0, 2)).toEqual([
    'day,provider,account,agent,model,result,requests,input_tokens,output_tokens',
    '2026-09-07,zai,account-one,cline,glm-5.3,completed,40,1000,200',
  ]);
});

test.each([
  ['=HYPERLINK("http://evil.example")', `'=HYPERLINK("http://evil.example")`],
  ['+1', `'+1`],
  ['-1+1', `'-1+1`],
  ['@SUM(A1)', `'@SUM(A1)`],
  [' =1', `' =1`],
  ['\t=1', `'\t=1`],
  ['＝1+1', "'＝1+1"],
  ['a, "b"', 'a, "b"'],
])('%j is no formula in a spreadsheet', (message, told) => {
  const csv = failuresCsv(aReport({ failures: [aFailure({ message })] }));
  expect(cells(csv.split('\r\n')[1] ?? '')[8]).toBe(told);
});

test('whatever a provider says, a line has as many cells as the head and none begins a formula', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 60 }), (message) => {
      const csv = failuresCsv(aReport({ failures: [aFailure({ message, model: message })] }));
      const [head = ''] = csv.split('\r\n');
      const row = cells(csv.slice(head.length + 2, -2));
      expect(row).toHaveLength(cells(head).length);
      for (const cell of row) expect(cell).not.toMatch(/^\s*[=+@]|^-/);
    }),
  );
});

test.each([
  ['7d', T0 - 7 * 86_400_000],
  ['36h', T0 - 36 * 3_600_000],
  ['90m', T0 - 90 * 60_000],
  ['2w', T0 - 14 * 86_400_000],
  ['2026-09-01', Date.UTC(2026, 8, 1)],
  ['2027-01-01', undefined],
  ['soon', undefined],
  ['7', undefined],
  ['-3d', undefined],
])('since %s', (given, at) => {
  expect(readSince(given, T0)).toBe(at);
});
