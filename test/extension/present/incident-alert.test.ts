import { expect, test } from 'vitest';
import type { IncidentView } from '../../../src/core/snapshot.ts';
import { isDue, presentAlert } from '../../../src/extension/present/incident-alert.ts';
import { incident } from '../incidents.ts';
import { agent, MINUTE, NOW, snapshot } from '../snapshots.ts';
import { english } from '../voices.ts';

test.each<[string, IncidentView, boolean]>([
  ['three refusals or more', incident({ attempts: 3 }), true],
  ['a lone refusal still refused after 15 s', incident({ attempts: 1, startedAt: NOW - 16_000, lastAt: NOW }), true],
  ['a lone refusal a moment ago', incident({ attempts: 1, startedAt: NOW - 4000, lastAt: NOW - 4000 }), false],
  ['a lone refusal that got through', incident({ attempts: 1, recoveredAt: NOW }), false],
  ['a spent window, at the first refusal', incident({ attempts: 1, startedAt: NOW, lastAt: NOW }, '1308'), true],
  ['a policy stop, at the first refusal', incident({ attempts: 1, startedAt: NOW, lastAt: NOW }, '1313'), true],
  ['a bad request', incident({ attempts: 9 }, '1210'), false],
  ['history that a new window finds', incident({ lastAt: NOW - 6 * MINUTE }), false],
])('a notification about %s: %3$s', (_name, given, due) => {
  expect(isDue(given, NOW)).toBe(due);
});

test('the notification has the headline and verbs for buttons', () => {
  const given = incident();
  const alert = presentAlert(english, snapshot({ agents: [agent()] }), given);
  expect(alert.text).toBe(given.explanation.headline.en);
  expect(alert.severity).toBe('warning');
  expect(alert.buttons.map(({ title, command, argument }) => [title, command, argument])).toEqual([
    ['Explain', 'planward.explainLastError', given.id],
    ['Slow down', 'planward.slowDown', 'zai'],
    ['Pause Claude Code', 'planward.pauseAgent', 'claude-code'],
    ['Not now', undefined, undefined],
  ]);
});

test('slowing down is not offered twice, nor pausing somebody unknown', () => {
  const paced = [
    { providerId: 'zai', accountKey: 'a1', model: 'glm-4.7', slots: 1, inFlight: 1, waiting: 0, restUntilAt: 0 },
  ];
  const alert = presentAlert(english, snapshot({ paced }), incident({ agentId: 'unknown' }));
  expect(alert.buttons.map(({ title }) => title)).toEqual(['Explain', 'Not now']);
});

test('a policy stop is an error, since all traffic of the key is at stake', () => {
  expect(presentAlert(english, snapshot(), incident({}, '1313')).severity).toBe('error');
});

test('a policy stop can be appealed from the notification, a rate limit has nothing to appeal', () => {
  const appeal = presentAlert(english, snapshot(), incident({}, '1313')).buttons.find(
    ({ title }) => title === 'Appeal',
  );
  expect(appeal).toEqual({ title: 'Appeal', command: 'planward.buildDossier', argument: incident({}, '1313').id });
  expect(presentAlert(english, snapshot(), incident()).buttons.map(({ title }) => title)).not.toContain('Appeal');
});
