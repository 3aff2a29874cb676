import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findAgent } from '../../src/agents/list.ts';
import { connectAgent } from '../../src/connect/connect-agent.ts';
import { planConnection } from '../../src/connect/plan-connection.ts';
import { rememberHome } from '../../src/connect/known-homes.ts';
import { readStrings, ROOT } from './strings.ts';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'pw-uninstall-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('uninstalling puts agents back on their direct connection and forgets that they were routed', () => {
  const home = join(root, 'planward');
  const file = join(root, '.claude', 'settings.json');
  mkdirSync(join(root, '.claude'));
  mkdirSync(home);
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ routedAgents: ['claude-code'], retentionDays: 30 }));
  writeFileSync(file, '{"env":{"ANTHROPIC_BASE_URL":"http://127.0.0.1:7526/@claude-code/zai/api/anthropic"}}');
  const env = { PATH: process.env['PATH'], HOME: root, PLANWARD_HOME: home };
  const options = { cwd: ROOT, env, timeout: 20_000 } as const;
  const said = execFileSync(process.execPath, ['src/extension/uninstall.ts'], options).toString();
  expect(said).toContain(`${file}: restored`);
  expect(readFileSync(file, 'utf8')).toBe('{"env":{"ANTHROPIC_BASE_URL":"https://api.z.ai/api/anthropic"}}');
  expect(readStringsAt(join(home, 'settings.json'))).toEqual({ routedAgents: [], retentionDays: 30 });
});

test('uninstalling finds the home that the settings named, though it knows no settings', () => {
  const home = join(root, 'elsewhere');
  const file = join(root, '.cline', 'data', 'settings', 'providers.json');
  const before = '{"providers":{"zai-coding-plan":{"settings":{"provider":"zai-coding-plan","model":"glm-4.7"}}}}\n';
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, before);
  const plan = planConnection({
    agent: findAgent('cline')!,
    places: { env: {}, userHome: root, platform: 'linux' },
    relayOrigin: 'http://127.0.0.1:7526',
    providerIds: ['zai'],
  });
  if (!plan.ok) throw new Error(plan.message);
  connectAgent(plan, { home, now: 0, newId: () => '1' });
  expect(readFileSync(file, 'utf8')).not.toBe(before);
  rememberHome(root, home);
  const env = { PATH: process.env['PATH'], HOME: root };
  execFileSync(process.execPath, ['src/extension/uninstall.ts'], { cwd: ROOT, env, timeout: 20_000 });
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('VS Code runs it after an uninstall', () => {
  const { scripts } = readStrings('package.json') as unknown as { readonly scripts: Record<string, string> };
  expect(scripts['vscode:uninstall']).toBe('node ./dist/uninstall.cjs');
  expect(readFileSync(join(ROOT, 'esbuild.mjs'), 'utf8')).toContain("uninstall: 'src/extension/uninstall.ts'");
});

function readStringsAt(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
