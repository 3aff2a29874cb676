import { expect, test } from 'vitest';
import { presentModeNodes } from '../../../src/extension/present/mode-nodes.ts';
import { presentModeLines } from '../../../src/extension/present/mode-hover.ts';
import { presentModes, presentModeSubjects } from '../../../src/extension/present/mode-picks.ts';
import { flag } from '../flags.ts';
import { account, NOW, snapshot } from '../snapshots.ts';
import { chinese, english } from '../voices.ts';

const ONE_PLAN = snapshot({ accounts: [account({ planId: 'glm-pro' })] });

test('providers with known terms can be chosen, those in use first, each with its mode', () => {
  const rows = presentModeSubjects(english, ONE_PLAN, { zai: 'block' });
  expect(rows[0]).toMatchObject({ key: 'zai', label: 'Z.AI', description: 'block' });
  expect(rows.find(({ key }) => key === 'bigmodel')?.description).toBe('observe');
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});

test('a plan that was seen stands below its provider, and follows it until it has a mode of its own', () => {
  const row = (modes: object) =>
    presentModeSubjects(english, ONE_PLAN, modes as never).find(({ key }) => key === 'zai/glm-pro');
  expect(row({ zai: 'block' })).toMatchObject({ description: 'as its provider' });
  expect(row({ 'zai/glm-pro': 'hold' })).toMatchObject({ description: 'hold' });
  expect(row({})?.label).toMatch(/^Z\.AI: /);
});

test.each([english, chinese])('every mode says what it means, and hold how long and what then', (voice) => {
  const told = presentModes(voice, { holdSeconds: 45, holdDefault: 'stop' });
  expect(told.map(({ mode }) => mode)).toEqual(['observe', 'warn', 'hold', 'block']);
  expect(told.every(({ detail }) => detail.length > 10)).toBe(true);
  expect(told[2]!.detail).toContain('45');
  expect(told[2]!.detail).not.toBe(presentModes(voice, { holdSeconds: 45, holdDefault: 'send' })[2]!.detail);
});

test('the panel shows every mode beyond observe, and the mode where a flag came from', () => {
  const rows = (over: object) =>
    presentModeNodes(english, snapshot(over)).map(({ label, description }) => `${label} ${description}`);
  expect(rows({ modes: {} })).toEqual([]);
  expect(rows({ modes: { zai: 'hold', kimi: 'observe' } })).toEqual(['Mode: Z.AI hold']);
  expect(rows({ modes: {}, flags: [flag()] })).toEqual(['Mode: Z.AI observe']);
});

test('the hover links every mode beyond observe to where it is changed, and no odd key of a settings file', () => {
  const lines = presentModeLines(
    english,
    snapshot({ modes: { zai: 'hold', kimi: 'observe', 'a)(command:evil': 'warn' } }),
    NOW,
  );
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/Mode.*hold/);
  expect(lines[0]).toContain('command:planward.setMode?');
});
