import { expect, test } from 'vitest';
import type { ExportedExchange } from '../../src/core/exported-exchange.ts';
import { exportedExchange } from '../../src/core/exported-exchange.ts';
import { writeExchanges } from '../../src/explain/export/write-exchanges.ts';
import { anExchange } from '../ledger/exchanges.ts';

const about = { version: '1.2.3', at: 10, since: 0, until: 10, complete: true };
const error = { code: '1302', type: undefined, message: 'you said: my secret', inStream: false };
const failed = exportedExchange(anExchange(1, { error, status: 429, usage: undefined, firstByteMs: undefined }));
const written: ExportedExchange = { ...exportedExchange(anExchange(2)), seenBy: 'transcript' };

test('a HAR has the parts of version 1.2, made-up addresses and no header, and leaves out what was no traffic', () => {
  const { log } = JSON.parse(writeExchanges('har', [failed, written], about));
  expect(log).toMatchObject({ version: '1.2', creator: { name: 'Planward', version: '1.2.3' } });
  expect(log.entries).toHaveLength(1);
  const [{ request, response, timings, time, startedDateTime }] = log.entries;
  expect(new URL(request.url).hostname).toMatch(/\.planward\.invalid$/);
  expect([request.headers, request.cookies, response.headers, response.status]).toEqual([[], [], [], 429]);
  expect(timings.send + timings.wait + timings.receive).toBe(time);
  expect(Date.parse(startedDateTime)).toBe(failed.startedAt);
});

test('a CSV has a line per exchange, and what is not known is empty and not 0', () => {
  const [head, first, second] = writeExchanges('csv', [failed, written], about).trim().split('\r\n');
  const row = (line: string | undefined) =>
    Object.fromEntries(head!.split(',').map((name, i) => [name, line!.split(',')[i]]));
  expect(row(first)).toMatchObject({ error_code: '1302', status: '429', input_tokens: '', seen_by: 'relay' });
  expect(row(second)).toMatchObject({ seen_by: 'transcript' });
});

test('a provider’s sentence, which may quote a prompt, is in none of them', () => {
  for (const format of ['json', 'csv', 'har'] as const) {
    expect(writeExchanges(format, [failed], about)).toContain('1302');
    expect(writeExchanges(format, [failed], about)).not.toContain('secret');
  }
});
