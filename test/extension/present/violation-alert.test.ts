import { expect, test } from 'vitest';
import { alertKey, isFlagDue, presentViolationAlert } from '../../../src/extension/present/violation-alert.ts';
import { flag } from '../flags.ts';
import { NOW, snapshot } from '../snapshots.ts';
import { english } from '../voices.ts';

test('one rule, agent and hour has one name, another agent or hour another', () => {
  const name = alertKey(flag(), NOW);
  expect(alertKey(flag({ id: 'other', category: 'email' }), NOW)).toBe(name);
  expect(alertKey(flag({ agentId: 'cline' }), NOW)).not.toBe(name);
  expect(alertKey(flag({ ruleId: 'tool-scope' }), NOW)).not.toBe(name);
  expect(alertKey(flag(), NOW + 3_600_000)).not.toBe(name);
});

test('old flags and mere remarks are not told', () => {
  expect(isFlagDue(flag(), NOW)).toBe(true);
  expect(isFlagDue(flag({ at: NOW - 6 * 60_000 }), NOW)).toBe(false);
  expect(isFlagDue(flag({ severity: 'info' }), NOW)).toBe(false);
});

test('the sentence says who, what and by which rule; the buttons are the ways on', () => {
  const { text, buttons } = presentViolationAlert(english, snapshot(), flag());
  expect(text).toBe(
    'openclaw asked Z.AI for something its terms may not cover: travel planning 97%. Rule Task scope, read 7 Sept 2026.',
  );
  expect(buttons.map(({ title, command, argument }) => [title, command, argument])).toEqual([
    ['Show', 'planward.showViolations', undefined],
    ['Mark as Coding', 'planward.markAsCoding', '01FLAG'],
    ['Not now', undefined, undefined],
  ]);
});

test('what was stopped is said to be stopped, and a flag of a tool is not called coding', () => {
  const alert = presentViolationAlert(english, snapshot(), flag({ acted: 'blocked', ruleId: 'tool-scope' }));
  expect(alert.text).toMatch(/^Planward stopped/);
  expect(alert.buttons.map(({ title }) => title)).toEqual(['Show', 'Not now']);
});

test('a turn that the user has just decided on is not told once more, one that the clock decided on is', () => {
  expect(isFlagDue(flag({ acted: 'sent', heldBy: 'user' }), NOW)).toBe(false);
  expect(isFlagDue(flag({ acted: 'stopped', heldBy: 'user' }), NOW)).toBe(false);
  const timedOut = flag({ acted: 'stopped', heldBy: 'time' });
  expect(isFlagDue(timedOut, NOW)).toBe(true);
  expect(presentViolationAlert(english, snapshot(), timedOut).text).toMatch(/^Planward stopped/);
});
