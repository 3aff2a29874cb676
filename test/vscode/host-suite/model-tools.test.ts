import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { until } from '../until.ts';

const NAMES = ['planward_plan_status', 'planward_check_prompt', 'planward_explain_error'];

async function ask(name: string, input: object): Promise<string> {
  const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

describe('the language-model tools', () => {
  before(() =>
    until(() => Promise.resolve(NAMES.every((name) => vscode.lm.tools.some((tool) => tool.name === name))), 15_000),
  );

  it('are known to VS Code with their input', () => {
    const tool = vscode.lm.tools.find(({ name }) => name === 'planward_check_prompt');
    assert.deepEqual((tool?.inputSchema as { required: string[] } | undefined)?.required, ['text']);
  });

  it('judge a prompt, explain an error and know the plans', async () => {
    assert.match(
      await ask('planward_check_prompt', { text: 'Plan a five day trip to Lisbon with hotels.' }),
      /^out-of-scope/,
    );
    assert.match(await ask('planward_explain_error', { error: '1302' }), /^1302 · Account rate limit/);
    assert.match(await ask('planward_plan_status', {}), /No plan was seen yet|used/);
  });

  it('say what is wrong with an input instead of failing', async () => {
    assert.match(await ask('planward_check_prompt', { text: 7 }), /does not fit/);
  });
});
