import { describe, expect, test } from 'vitest';
import { figuresOf, judgeAll, CODING_CLIENT } from '../../scripts/scope/judged.ts';
import { readTraps, readVoices } from '../../scripts/scope/rows.ts';
import { zai } from '../../src/policies/zai.ts';
import { openJudge } from '../../src/scope/open-judge.ts';

const judge = openJudge();
const traps = readTraps();

describe.each(['en', 'zh'])('hand-written traps, %s', (lang) => {
  const some = traps.filter((row) => row.lang === lang);

  test('are at least 240, half of each label', () => {
    expect(some.length).toBeGreaterThanOrEqual(240);
    expect(some.filter(({ label }) => label === 'coding').length / some.length).toBeCloseTo(0.5, 1);
  });

  test('are on the right side of even odds in 88 of 100 cases', () => {
    expect(figuresOf(judgeAll(some, judge, zai)).right).toBeGreaterThanOrEqual(0.88);
  });

  test('are hardly ever coding called out of scope', () => {
    expect(figuresOf(judgeAll(some, judge, zai)).falseFlags).toBeLessThanOrEqual(0.045);
    expect(figuresOf(judgeAll(some, judge, zai, CODING_CLIENT)).falseFlags).toBeLessThanOrEqual(0.01);
  });
});

test('coding in other voices is not called out of scope where a coding client sends it', () => {
  const voices = readVoices();
  expect(voices.length).toBeGreaterThanOrEqual(740);
  expect(figuresOf(judgeAll(voices, judge, zai, CODING_CLIENT)).falseFlags).toBeLessThanOrEqual(0.003);
});

test('coding in other voices is called out of scope in fewer than one of twenty-five cases where nothing else is known', () => {
  expect(figuresOf(judgeAll(readVoices(), judge, zai)).falseFlags).toBeLessThan(1 / 25);
});
