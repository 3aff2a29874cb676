import { expect, test } from 'vitest';
import { explainText } from '../../../src/extension/explain-failure.ts';
import { presentExplanation } from '../../../src/extension/present/explanation-page.ts';
import { incident } from '../incidents.ts';
import { NOW, snapshot } from '../snapshots.ts';
import { chinese, english } from '../voices.ts';

test('the page of an incident has headline, causes, remedies, time line, the raw error and sources', () => {
  const given = incident();
  const page = presentExplanation(english, given.explanation, { incident: given, snapshot: snapshot() });
  expect(page).toMatch(/^# 1302 · /);
  for (const title of [
    'What may lie behind it',
    'What helps',
    'Try again?',
    'What is not known',
    'Time line',
    'What the provider said',
    'Sources',
  ])
    expect(page).toContain(`## ${title}\n`);
  expect(page).toContain('Claude Code · Z\\.AI · glm\\-4\\.7');
  expect(page).toContain('| 12:36:00 | refused\\, 429 |');
});

test('a code that was only looked up has no time line and no word of what happened', () => {
  const page = presentExplanation(english, explainText('1303', undefined, NOW));
  expect(page).toMatch(/^# 1303 · /);
  expect(page).not.toContain('Time line');
  expect(page).not.toContain('What the provider said');
});

test('what a provider says brings no link, no command, no markup and no table cell', () => {
  const evil = '[x](command:workbench.action.quit) <img src=x onerror=y> | ![a](https://evil.example/a.png) `code`';
  const given = incident();
  const explanation = { ...given.explanation, raw: evil, code: evil, links: ['javascript:alert(1)', 'https://a b'] };
  const page = presentExplanation(english, explanation, {
    incident: { ...given, explanation, model: evil },
    snapshot: snapshot(),
  });
  expect(page).not.toMatch(/(?<!\\)\]\(command:/);
  expect(page).not.toMatch(/(?<!\\)<img/);
  expect(page).not.toMatch(/(?<!\\)!\[/);
  expect(page).not.toMatch(/<(javascript|https:\/\/a b)/);
});

test('an unlisted code is said to be unknown, and any text is explained without an error', () => {
  expect(explainText('9999', undefined, NOW).known).toBe(false);
  for (const text of ['', '{', '<html>502 Bad Gateway</html>', '[1302][Rate limit][2026]'])
    expect(presentExplanation(english, explainText(text, undefined, NOW))).toMatch(/^# /);
});

test('the page is Chinese for a Chinese user', () => {
  const page = presentExplanation(chinese, explainText('1302', 'zai', NOW));
  expect(page).toContain('## 可能的原因');
  expect(page).not.toContain('## What');
});
