import { expect, test } from 'vitest';
import type { HoldView } from '../../../src/core/scope-mode.ts';
import { presentAnswers, sayCountdown, sayHold, secondsLeft } from '../../../src/extension/present/hold-words.ts';
import { presentHolds } from '../../../src/extension/present/mode-nodes.ts';
import { NOW, snapshot } from '../snapshots.ts';
import { english } from '../voices.ts';

const HOLD: HoldView = {
  id: '01HOLD',
  since: NOW,
  untilAt: NOW + 60_000,
  byDefault: 'send',
  agentId: 'claude-code',
  providerId: 'zai',
  packId: 'zai',
  packVersion: '2026-09-07',
  ruleId: 'task-scope',
  severity: 'warning',
  category: 'travel',
  pOffScope: 0.97,
  evidence: [],
};

test('a held request says who waits for what, under which rule and how old its wording is', () => {
  expect(sayHold(english, snapshot(), HOLD)).toBe(
    'Claude Code waits for your word: its request to Z.AI reads as travel planning 97%. Rule Task scope, read 7 Sept 2026.',
  );
});

test('the countdown says what comes when nobody answers, in whole seconds and never below none', () => {
  expect(sayCountdown(english, HOLD, NOW + 21_400)).toBe('sent in 39 s if you say nothing');
  expect(sayCountdown(english, { ...HOLD, byDefault: 'stop' }, NOW)).toBe('stopped in 60 s if you say nothing');
  expect(secondsLeft(HOLD, NOW + 90_000)).toBe(0);
});

test('the default is the first word offered, and calling it coding the last', () => {
  const words = (byDefault: 'send' | 'stop') =>
    presentAnswers(english, { ...HOLD, byDefault }).map(({ answer }) => answer);
  expect(words('send')).toEqual(['send', 'stop', 'coding']);
  expect(words('stop')).toEqual(['stop', 'send', 'coding']);
});

test('in the panel it stands with its end on the clock, and is answered from there', () => {
  const [row] = presentHolds(english, snapshot({ holds: [HOLD] }));
  expect(row).toMatchObject({
    label: 'travel planning 97%',
    description: 'Claude Code · held until 12:38:00, then sent',
    run: 'planward.answerHold',
    subject: '01HOLD',
    context: 'hold',
  });
});
