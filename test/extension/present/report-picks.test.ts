import { expect, test } from 'vitest';
import {
  presentAppealAccounts,
  presentFormats,
  presentSpans,
  sinceOf,
} from '../../../src/extension/present/report-picks.ts';
import { aReport, T0 } from '../../explain/a-report.ts';
import { english } from '../voices.ts';

test('a span of seven days begins seven days ago', () => {
  expect(sinceOf(presentSpans(english)[0]!, T0)).toBe(T0 - 7 * 86_400_000);
});

test('a report can be a page, a table or data', () => {
  expect(presentFormats(english).map(({ format }) => format)).toEqual(['md', 'csv', 'json']);
});

test('the account an appeal is likeliest about leads, with what the provider did to it', () => {
  const report = aReport();
  const last = report.accounts.at(-1)!;
  const rows = presentAppealAccounts(english, report, last);
  expect(rows[0]!.account).toBe(last);
  expect(rows).toHaveLength(report.accounts.length);
  expect(rows[0]!.description).toMatch(/^key \S{1,8} · policy events \d+ · refusals \d+$/);
});
