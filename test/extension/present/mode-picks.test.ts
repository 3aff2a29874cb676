import { expect, test } from 'vitest';
import { presentModeProviders, presentModes } from '../../../src/extension/present/mode-picks.ts';
import { snapshot } from '../snapshots.ts';
import { english } from '../voices.ts';

test('providers with known terms can be chosen, those in use first, each with its mode', () => {
  const rows = presentModeProviders(english, snapshot(), { zai: 'block' });
  expect(rows[0]).toMatchObject({ providerId: 'zai', label: 'Z.AI', description: 'block' });
  expect(rows.find(({ providerId }) => providerId === 'bigmodel')?.description).toBe('observe');
  expect(new Set(rows.map(({ providerId }) => providerId)).size).toBe(rows.length);
});

test('every mode says what it means', () => {
  expect(presentModes(english).map(({ mode }) => mode)).toEqual(['observe', 'block']);
  expect(presentModes(english).every(({ detail }) => detail.length > 20)).toBe(true);
});
