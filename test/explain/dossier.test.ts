import { describe, expect, test } from 'vitest';
import { text } from '../../src/core/text.ts';
import { buildDossier } from '../../src/explain/dossier.ts';
import type { DossierInput } from '../../src/explain/dossier/dossier-input.ts';
import { plainCell } from '../../src/explain/markdown.ts';
import { appealFor } from '../../src/policies/appeals.ts';
import { providers } from '../../src/providers/list.ts';
import { ACCOUNT, aFailure, aReport, T0 } from './a-report.ts';

function dossier(change: Partial<DossierInput> = {}): string {
  return buildDossier({
    report: aReport(),
    account: ACCOUNT,
    language: 'en',
    titleOf: (_, code) => (code === '1313' ? text('Fair use policy', '公平使用政策') : undefined),
    agentName: (id) => (id === 'cline' ? 'Cline' : id),
    appeal: appealFor('zai'),
    measures: { paced: true, pausedAgents: ['OpenClaw'], stoppedSince: T0 },
    version: '1.2.3',
    ...change,
  });
}

describe('the dossier', () => {
  test('tells the refusal with its request id, what was under way, the agent and its version', () => {
    expect(dossier()).toContain(
      '| 2026-09-07 12:00:00 | 429 | 1313 | Fair Usage Policy | `20260907-aa` | glm-5.3 | Cline, Cline/3.2.1 | 3 | 12 |',
    );
  });

  test('tells plan, load, threshold, what was done, where to appeal and what staff ask, and leaves lines to fill in', () => {
    const page = dossier();
    for (const part of [
      'GLM Coding Plan Pro',
      'Most at once: 3 (2026-09-07 12:00:00)',
      'Most within a minute: 12',
      'after more than 3 violations',
      'publishes no counter',
      'Share of coding turns: not judged.',
      'queued per key and model',
      'Paused agents: OpenClaw.',
      '2 requests were stopped here before',
      '<https://z.ai/manage-apikey/coding-plan/personal/my-plan>',
      '`user_feedback@z.ai`',
      'Are any requests scripted',
      'Account (e-mail or user id): ______',
      'Nothing was sent anywhere',
    ])
      expect(page).toContain(part);
    expect(page).not.toMatch(/undefined|NaN|\[object/);
  });

  test('has the same sections in Chinese', () => {
    const headings = (page: string) => page.split('\n').filter((line) => line.startsWith('#')).length;
    const chinese = dossier({ language: 'zh' });
    expect(headings(chinese)).toBe(headings(dossier()));
    expect(chinese).toContain('未判定');
    expect(chinese).toContain('公平使用政策');
    expect(chinese).not.toMatch(/undefined|NaN/);
  });

  test('keeps every policy refusal in the time line where not all refusals fit, and says how many are left out', () => {
    const rate = Array.from({ length: 400 }, (_, n) =>
      aFailure({ id: `r${n}`, at: T0 + n, code: '1302', policyCode: undefined, requestId: undefined }),
    );
    const report = aReport({
      failures: [...rate, aFailure({ at: T0 - 1000, requestId: 'the-telling-one' })],
      groups: [{ ...aReport().groups[0]!, count: 401 }],
    });
    const page = dossier({ report });
    expect(page).toContain('`the-telling-one`');
    expect(page).toContain('251 more are left out');
  });

  test('names versions of requests that went through too', () => {
    const [first, ...rest] = aReport().counts;
    const page = dossier({
      report: aReport({ failures: [], counts: [{ ...first!, products: ['Cline/9.9.9'] }, ...rest] }),
    });
    expect(page).toContain('Cline/9.9.9');
  });

  test('of an account without refusals, and of a provider without a known route, says so', () => {
    const page = dossier({ report: aReport({ groups: [], failures: [], counts: [], load: [] }), appeal: undefined });
    expect(page).toContain('None in this span.');
    expect(page).toContain('knows no appeal route');
  });
});

describe('words of a provider', () => {
  test('cannot become a link, a picture, HTML, a table cell, a heading or a call of a person', () => {
    const hostile =
      '| x |\n# heading <img src=x onerror=alert(1)> ![p](http://evil.example/p) [here](javascript:x) https://evil.example @octocat `code` www.evil.example \u202Egnp';
    const report = aReport({
      failures: [aFailure({ message: hostile, agentProduct: undefined, model: hostile, requestId: '` | <b>' })],
    });
    const line = dossier({ report })
      .split('\n')
      .find((each) => each.includes('evil'));
    expect(line?.match(/(?<!\\)\|/g)).toHaveLength(10);
    expect(line).not.toMatch(/(?<!\\)[<>[\]`!#]|https?:\/\/|\bwww\.|@|\u202e/);
  });

  test('lose keys and addresses, and their length is bounded', () => {
    const key = '0123456789abcdef0123456789abcdef.AbCdEfGhIjKl';
    expect(plainCell(`Invalid key ${key} of jo@example.com`)).not.toMatch(/AbCdEf|example/);
    expect(plainCell('x'.repeat(5000))).toHaveLength(200);
  });
});

test('appeal routes name known providers, with addresses that are addresses and dated sources', () => {
  const known = providers.map(({ id }) => id);
  const found = known.map((id) => appealFor(id)).filter((each) => each !== undefined);
  expect(found.length).toBeGreaterThan(5);
  for (const appeal of found) {
    for (const id of appeal.providers) expect(known).toContain(id);
    for (const { to, says, source } of appeal.routes) {
      if (to !== undefined) expect(to).toMatch(/^https:\/\/\S+$|^[\w.]+@[\w.]+$/);
      expect(source.url).toMatch(/^https:\/\//);
      expect(source.readOn).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(says.zh).toMatch(/\p{Script=Han}/u);
    }
  }
});

test('the share of coding turns is told of the turns that were judged, and the user’s word apart', () => {
  const { providerId, accountKey } = ACCOUNT;
  const turns = [{ providerId, accountKey, coding: 93, unsure: 4, other: 2, settled: 1 }];
  expect(dossier({ report: { ...aReport(), turns } })).toContain(
    'Share of coding turns: 93% (93 of 100 turns judged by Planward on this machine; 4 unsure, 2 read as not coding, 1 flagged and then called coding or dismissed by the user).',
  );
});
