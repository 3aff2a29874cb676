import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BY_HAND_WORDS } from '../../../src/agents/by-hand-words.ts';
import { agents } from '../../../src/agents/list.ts';
import { inVoice } from '../../../src/extension/present/in-voice.ts';
import { guardNotice } from '../../../src/relay/admission/guard-words.ts';
import { quotaWindow, week } from '../snapshots.ts';
import { ROOT } from '../strings.ts';
import { chinese, english } from '../voices.ts';

const DAY = 86_400_000;
const HAN = /\p{Script=Han}/u;
/** Sentences that rooms without a voice give as the reason of a failure or as a notice. */
const SAID =
  /(?:message: |text: |(?:const|let) (?:message|text|warning) = |blocked\(\w+, |refuse\('[\w-]+', )([`'"])((?:(?!\1).)+)\1/g;

function sentences(): readonly string[] {
  const files = globSync(
    [
      'src/client/*.ts',
      'src/connect/*.ts',
      'src/connect/{hooks,statusline}/plan-*.ts',
      'src/relay/{home,ledger}-notices.ts',
    ],
    { cwd: ROOT },
  );
  return files
    .flatMap((file) => [...readFileSync(join(ROOT, file), 'utf8').matchAll(SAID)].map(([, , text]) => text!))
    .filter((text) => /[a-z]{2,} [a-z]{2,} [a-z]/.test(text.replaceAll(/\$\{[^}]*\}/g, '')));
}

test('what other rooms say of a failure is said in the user’s language', () => {
  expect(sentences().length).toBeGreaterThan(50);
  // Nested templates are more than this looks at: their outer sentence is what counts.
  const filled = sentences().map((text) => text.replaceAll(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, 'X'));
  expect(filled.filter((text) => !HAN.test(inVoice(chinese, text)))).toEqual([]);
});

test('places, and sentences within a text of ours, are kept', () => {
  expect(inVoice(chinese, '没有生成报告。 The relay did not answer: no answer in time.')).toBe(
    '没有生成报告。 中继没有应答：没有及时应答。',
  );
  expect(
    inVoice(
      chinese,
      'The ledger /a b/ledger.db cannot be written: disk full. Exchanges wait in memory and Planward tries again by itself; check free space and the rights of the folder.',
    ),
  ).toContain('无法写入账本 /a b/ledger.db：disk full。');
  expect(inVoice(chinese, '/x/settings.json cannot be read: EACCES: permission denied. Nothing was changed.')).toBe(
    '无法读取 /x/settings.json：EACCES: permission denied. 没有更改任何内容。',
  );
  expect(inVoice(chinese, 'what the system said')).toBe('what the system said');
});

test('a budget that is reached is told in the user’s language, with its window', () => {
  const now = Date.parse('2026-11-22T12:37:00Z');
  const provider = { id: 'zai', name: 'Z.AI' };
  const line = { percent: 90 };
  for (const kind of ['soft', 'hard'] as const)
    for (const window of [quotaWindow(), week(), week({ resetsAt: undefined }), quotaWindow({ windowMs: 30 * DAY })]) {
      const { text } = guardNotice(kind, { window, line }, provider, now);
      const said = inVoice(chinese, text);
      expect(said).toMatch(/^Z\.AI：已用 \d+ ?% ?（.+窗口）.*(?:预算|限额)为 90 ?%。请求/u);
      expect(said.replaceAll(/Z\.AI|Planward|UTC|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Nov|Dec)\b/g, '')).not.toMatch(
        /[A-Za-z]{3}/,
      );
      expect(inVoice(english, text)).toBe(text);
    }
});

test('English stays as it was said', () => {
  for (const text of sentences()) expect(inVoice(english, text)).toBe(text);
});

test('steps by hand are there in both languages, for every agent', () => {
  const steps = agents.flatMap(({ connection }) => [...(connection?.byHand('http://127.0.0.1:7526/x') ?? [])]);
  const words = steps.filter((line) => !line.startsWith('  '));
  expect(words.length).toBeGreaterThan(5);
  expect(words.filter((line) => !HAN.test(inVoice(chinese, line)))).toEqual([]);
  expect(BY_HAND_WORDS.filter(({ en }) => !words.includes(en))).toEqual([]);
});
