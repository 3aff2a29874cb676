import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Puts an extension into a folder of them that declares the settings Claude Code's has, on disk rather than in the browser. */
export function placeStandIn(extensions: string): void {
  const folder = join(extensions, 'anthropic.claude-code-0.0.1');
  mkdirSync(folder, { recursive: true });
  const properties = {
    'claudeCode.environmentVariables': { type: 'array', default: [], scope: 'machine' },
    'claudeCode.disableLoginPrompt': { type: 'boolean', default: false, scope: 'machine' },
  };
  const manifest = {
    name: 'claude-code',
    publisher: 'anthropic',
    version: '0.0.1',
    engines: { vscode: '*' },
    contributes: { configuration: { title: 'Stand-in', properties } },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
}
