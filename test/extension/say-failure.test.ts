/* oxlint-disable no-control-regex -- controls are what is looked for */
import { beforeEach, expect, test, vi } from 'vitest';
import { english } from './voices.ts';

const shown: string[] = [];
const show = (text: string): Promise<undefined> => {
  shown.push(text);
  return Promise.resolve(undefined);
};
vi.mock('vscode', () => ({ window: { showWarningMessage: show, setStatusBarMessage: show } }));
const { sayDone, sayFailure } = await import('../../src/extension/commands/say-failure.ts');

const HOSTILE = 'No. \u001b[2J\u202e$(flame) [go](command:evil.run)\r\nMore.';

beforeEach(() => void shown.splice(0));

test('what a relay or a file said of a failure is plain text in the notification and in the log', () => {
  const log = { warn: (text: string) => shown.push(text), show: () => undefined };
  sayFailure({ voice: english, log } as unknown as Parameters<typeof sayFailure>[0], HOSTILE);
  expect(shown).toHaveLength(2);
  for (const text of shown) expectPlain(text);
});

test('a word of confirmation holds no icon and no link of others', () => {
  sayDone(HOSTILE);
  expect(shown).toHaveLength(1);
  for (const text of shown) expectPlain(text);
});

function expectPlain(text: string): void {
  expect(text).toContain('More.');
  expect(text).not.toMatch(/[\u0000-\u001f\u202e]/);
  expect(text).not.toContain('$(');
  expect(text).not.toContain('](');
}
