import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { until } from '../until.ts';
import { SUITE_MARK } from './mark.ts';

/** A row of "Extension Activation Stats" on VS Code's Startup Performance page. */
const ROW = /^\| *planward\.planward *\|[^|]*\| *(?<load>\d+) *\| *(?<call>\d+) *\|/m;

describe('activation', () => {
  // Reported, not judged: it is wall time of a machine that may be busy. What is loaded is held by test/supply/package.test.ts.
  it('is timed by VS Code itself', async () => {
    await until(() => vscode.extensions.getExtension('planward.planward')?.isActive === true, 15_000);
    await vscode.commands.executeCommand('perfview.show');
    const times = () => {
      const page = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf');
      return ROW.exec(page?.getText() ?? '')?.groups;
    };
    await until(() => times() !== undefined, 15_000);
    const { load, call } = times() ?? {};
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    console.log(`${SUITE_MARK}     activation: code loaded in ${load} ms, activate() returned after ${call} ms`);
    assert.ok(Number.isFinite(Number(load) + Number(call)));
  });
});
