import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../until.ts';

const TRIP = 'Plan a four day trip to Lisbon with a hotel near the beach and a list of restaurants.';

describe('prompt files', () => {
  it('get a warning with code, page and quick fixes where a prompt is outside the terms', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pw-prompt-'));
    try {
      const uri = vscode.Uri.file(join(folder, 'AGENTS.md'));
      writeFileSync(uri.fsPath, `# Jobs\n\n- Fix the failing unit test in parser.ts.\n- ${TRIP}\n`);
      await vscode.window.showTextDocument(uri);
      const ours = () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'planward');
      await until(() => Promise.resolve(ours().length > 0), 10_000);
      const [diagnostic] = ours();
      assert.ok(diagnostic !== undefined && ours().length === 1);
      assert.deepEqual([diagnostic.range.start.line, diagnostic.severity], [3, vscode.DiagnosticSeverity.Warning]);
      const code = diagnostic.code as { readonly value: string; readonly target: vscode.Uri };
      assert.equal(code.value, 'task-scope/travel');
      assert.match(code.target.toString(true), /^command:planward\.explainRule/);
      const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        diagnostic.range,
      );
      const titles = fixes.map(({ title }) => title);
      assert.ok(titles.includes('This is coding here') && titles.includes('What does the rule say'), titles.join());
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
