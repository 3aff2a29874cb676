import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findAgent } from '../../src/agents/list.ts';
import {
  editorEntries,
  keepEditorEntries,
  planEditorSettings,
  restoreEditorFiles,
} from '../../src/connect/editor-settings.ts';

const SETTINGS = findAgent('claude-code')!.connection!.editorSettings!;
const RELAY = { agentId: 'claude-code', origin: 'http://127.0.0.1:7526' };
const KEY = { name: 'ANTHROPIC_AUTH_TOKEN', value: 'sk-test-000' };
const DIRECT = { name: 'ANTHROPIC_BASE_URL', value: 'https://api.z.ai/api/anthropic' };
const ROUTED = { name: 'ANTHROPIC_BASE_URL', value: 'http://127.0.0.1:7526/@claude-code/zai/api/anthropic' };

describe('what changes in the editor’s settings', () => {
  test('is the login prompt alone, where no address stands there', () => {
    expect(planEditorSettings(SETTINGS, {}, RELAY)).toEqual([{ key: 'disableLoginPrompt', before: null, after: true }]);
  });

  test('is the address in the list too, where it would win over the agent’s file; the rest of the list stays', () => {
    const current = { environmentVariables: [KEY, DIRECT], disableLoginPrompt: true };
    expect(planEditorSettings(SETTINGS, current, RELAY)).toEqual([
      { key: 'environmentVariables', before: [KEY, DIRECT], after: [KEY, ROUTED] },
    ]);
  });

  test('is nothing where all is as wanted, and an address of nobody known stays', () => {
    for (const value of [ROUTED.value, 'https://gateway.example.com/v1']) {
      const current = { environmentVariables: [{ ...DIRECT, value }], disableLoginPrompt: true };
      expect(planEditorSettings(SETTINGS, current, RELAY)).toEqual([]);
    }
    expect(planEditorSettings(SETTINGS, { environmentVariables: 'x', disableLoginPrompt: true }, RELAY)).toEqual([]);
  });
});

describe('who comes without the editor', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'pw-editor-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const entry = (file: string, key: string, before: unknown, after: unknown) => ({
    agentId: 'claude-code',
    section: 'claudeCode',
    key,
    before,
    after,
    at: 0,
    files: [file],
  });

  test('finds the user’s settings file and takes back what is still as it was made, comments kept', () => {
    const file = join(root, 'settings.json');
    const home = join(root, 'home');
    mkdirSync(home);
    const text = (list: object, rest: string) =>
      `{\n  // mine\n  "claudeCode.environmentVariables": ${JSON.stringify(list)},${rest}\n  "editor.fontSize": 13\n}\n`;
    writeFileSync(file, text([ROUTED], '\n  "claudeCode.disableLoginPrompt": true,'));
    keepEditorEntries(home, [
      entry(file, 'environmentVariables', [DIRECT], [ROUTED]),
      entry(file, 'disableLoginPrompt', null, true),
    ]);
    expect(restoreEditorFiles(home)).toEqual([file]);
    const after = readFileSync(file, 'utf8');
    expect(after).toContain('// mine');
    expect(after).toContain('"value": "https://api.z.ai/api/anthropic"');
    expect(after).not.toContain('disableLoginPrompt');
    expect(after).toContain('"editor.fontSize": 13');
    expect(editorEntries(home)).toEqual([]);
  });

  test('leaves alone what somebody changed since, and files that are gone', () => {
    const file = join(root, 'settings.json');
    const home = join(root, 'home');
    writeFileSync(file, '{"claudeCode.disableLoginPrompt": false}');
    keepEditorEntries(home, [
      entry(file, 'disableLoginPrompt', null, true),
      entry(join(root, 'gone.json'), 'disableLoginPrompt', null, true),
    ]);
    expect(restoreEditorFiles(home)).toEqual([]);
    expect(readFileSync(file, 'utf8')).toBe('{"claudeCode.disableLoginPrompt": false}');
  });
});
