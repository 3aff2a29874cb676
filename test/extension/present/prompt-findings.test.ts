import { expect, test } from 'vitest';
import { findInPrompts, type CheckedPrompts } from '../../../src/extension/present/prompt-findings.ts';
import { packFor } from '../../../src/policies/list.ts';
import { openJudge } from '../../../src/scope/open-judge.ts';
import { recallTaught, teach } from '../../../src/scope/taught.ts';
import { NOW } from '../snapshots.ts';
import { chinese, english } from '../voices.ts';

const judge = openJudge();
const pack = packFor('zai')!;
const TRIP = 'Plan a four day trip to Lisbon with a hotel near the beach and a list of restaurants.';
const FILE = `# Jobs\n\nFix the failing unit test in parser.ts and run the suite again.\n\n- Please help me. ${TRIP}\n`;
const nothing = recallTaught([], '');

function find(content: string, over: { taught?: string; dismissed?: string } = {}, voice = english): CheckedPrompts {
  const recall = (text: string | undefined) =>
    text === undefined ? nothing : recallTaught([teach('a', text, 's')], 's');
  return findInPrompts(voice, content, 'a.prompt.md', {
    judge,
    pack,
    options: { now: NOW, providerId: 'zai', taught: recall(over.taught) },
    dismissed: recall(over.dismissed),
  });
}

test('the sentence that carries it is marked, and coding beside it is not', () => {
  const { prompts, findings } = find(FILE);
  expect(prompts).toBe(2);
  expect(findings.map(({ start, end }) => FILE.slice(start, end))).toEqual([TRIP]);
});

test('the message says what, how sure, whose terms, when read and by what words', () => {
  const [finding] = find(FILE).findings;
  expect(finding?.message).toMatch(/^Outside the coding scope of GLM Coding Plan: travel planning \(\d\d%\)\.\n/);
  expect(finding?.message).toContain('Z.AI’s terms (read 7 Sept 2026): “');
  expect(finding?.message).toMatch(/Evidence: “/);
  expect([finding?.code, finding?.rule]).toEqual(['task-scope/travel', 'zai/task-scope']);
  expect(find(FILE, {}, chinese).findings[0]?.message).toContain('旅行规划');
});

test('what was called coding or dismissed in the workspace is not marked again', () => {
  const [finding] = find(FILE).findings;
  expect(find(FILE, { taught: finding!.text }).findings).toEqual([]);
  expect(find(FILE, { dismissed: finding!.text }).findings).toEqual([]);
  expect(find(FILE, { dismissed: 'Fix the test.' }).findings).toHaveLength(1);
});

test('places hold in a file with Windows line ends and prompts over several lines', () => {
  const content = `Hello there, this is for today.\r\n  ${TRIP}\r\n`;
  const marked = find(content).findings.map(({ start, end }) => content.slice(start, end));
  expect(marked).toEqual([TRIP]);
});
