import { describe, expect, test } from 'vitest';
import { isRerouted, modelStem } from '../../src/core/model-name.ts';

describe('a model by its stem', () => {
  test.each([
    ['claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'],
    ['anthropic/claude-sonnet-4.5', 'claude-sonnet-4-5'],
    ['claude-opus-5[1m]', 'claude-opus-5'],
    ['models/gemini-3.1-pro-preview-06-05', 'gemini-3-1-pro'],
    ['gpt-5.4-2026-03-05', 'gpt-5-4'],
    ['deepseek-v4-pro-0813', 'deepseek-v4-pro'],
    ['GLM-5.3', 'glm-5-3'],
    ['glm-5-turbo', 'glm-5-turbo'],
    ['o3', 'o3'],
    ['', ''],
  ])('%s is %s', (model, stem) => expect(modelStem(model)).toBe(stem));
});

describe('a request that another model answered', () => {
  test.each([
    ['glm-5', 'glm-5.3', true],
    ['glm-5.2', 'GLM-5.2', false],
    ['claude-sonnet-4-5', 'claude-sonnet-4-5-20250929', false],
    ['anthropic/claude-sonnet-4.5', 'claude-sonnet-4-5', false],
    ['claude-opus-5', 'glm-5.3', true],
    ['openrouter/auto', 'glm-5.3', false],
    ['glm-latest', 'glm-5.3', false],
    ['gpt-5.5', 'gpt-5.5-mini', true],
  ])('%s by %s: %s', (requested, served, rerouted) => expect(isRerouted(requested, served)).toBe(rerouted));
});
