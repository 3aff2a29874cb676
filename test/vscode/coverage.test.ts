import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/extension/registry/commands.ts';
import { VIEWS } from '../../src/extension/registry/views.ts';
import { readWords } from './manifest-words.ts';
import type { Scenario } from './scene.ts';

const files = globSync('e2e/*.ts', { cwd: import.meta.dirname }).toSorted();
const modules = await Promise.all(files.map((file) => import(`./${file}`) as Promise<{ scenario: Scenario }>));
const scenarios = modules.map(({ scenario }) => scenario);
const subjects: readonly string[] = [...COMMANDS.map(({ id }) => id), ...VIEWS.map(({ id }) => id)];

test('every command and every view is driven by keyboard in an end-to-end scenario', () => {
  const driven = new Set<string>(scenarios.flatMap(({ drives }) => drives ?? []));
  expect(subjects.filter((id) => !driven.has(id))).toEqual([]);
});

test('every theme, and Chinese, has a scenario in an ordinary run', () => {
  const core = scenarios.filter((scenario) => scenario.core === true);
  expect([...new Set(core.flatMap(({ themes }) => themes))].toSorted()).toEqual([
    'dark',
    'hc-dark',
    'hc-light',
    'light',
  ]);
  expect(scenarios.some(({ locale }) => locale === 'zh-cn')).toBe(true);
});

test('no two scenarios have one name, and each is named like its file', () => {
  expect(scenarios.map(({ name }) => `e2e/${name}.ts`)).toEqual(files);
});

test('a text in the palette stands for the command whose title it begins, the whole title first', () => {
  const { commandTitled } = readWords();
  expect(commandTitled('Planward: Set a Guard')).toBe('planward.setGuard');
  expect(commandTitled('Planward: Show Log')).toBe('planward.showLog');
  expect(commandTitled('View: Focus Problems')).toBeUndefined();
});
