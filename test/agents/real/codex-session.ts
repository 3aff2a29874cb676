import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, type CommandRun } from '../../../scripts/run-command.ts';
import type { VendorAnswer, VendorRequest } from '../../support/mock-vendors.ts';
import { closedWorld, onlyPath } from './agent-session.ts';

/** Codex speaks Responses, over a WebSocket first where its provider may have one. */
export const codex = { id: 'codex', name: 'Codex', packageName: '@openai/codex', version: '0.169.0' } as const;

const MARK = 'planward-saw-this';
export const CLOSING = 'All is done.';

/** Codex's own file in a scratch HOME: its built-in provider, which prefers a WebSocket, at another address. */
export function pointCodexAt(home: string, baseUrl: string): void {
  mkdirSync(join(home, '.codex'), { recursive: true });
  writeFileSync(join(home, '.codex', 'config.toml'), `openai_base_url = "${baseUrl}"\n`);
}

/** One prompt: it runs a command and says so, as `answerResponses` tells it. */
export function runCodex(installedIn: string, home: string, timeoutMs: number): Promise<CommandRun> {
  const command = join(installedIn, 'node_modules', '.bin', 'codex');
  const args = ['exec', '--skip-git-repo-check', '--sandbox', 'read-only', 'Run the command, then say so.'];
  const env = { ...onlyPath(), ...closedWorld(home), CODEX_HOME: join(home, '.codex'), CODEX_API_KEY: 'sk-test-000' };
  return runCommand(command, args, { cwd: home, env, timeoutMs });
}

/** What the vendor of it answers: a command where none was run yet, else a sentence. */
export function answerResponses({ path, body }: VendorRequest): VendorAnswer | undefined {
  if (!path.endsWith('/responses')) return undefined;
  const { model } = JSON.parse(body) as { model: string };
  const item = body.includes('function_call_output')
    ? {
        type: 'message',
        id: 'm1',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: CLOSING, annotations: [] }],
      }
    : {
        type: 'function_call',
        id: 'f1',
        call_id: 'c1',
        name: 'exec_command',
        arguments: JSON.stringify({ cmd: `echo ${MARK}` }),
        status: 'completed',
      };
  const usage = {
    input_tokens: 500,
    input_tokens_details: { cached_tokens: 400 },
    output_tokens: 60,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 560,
  };
  const response = { id: `r-${item.id}`, model };
  return {
    body: [
      ['response.created', { type: 'response.created', response: { ...response, status: 'in_progress', output: [] } }],
      ['response.output_item.done', { type: 'response.output_item.done', output_index: 0, item }],
      [
        'response.completed',
        { type: 'response.completed', response: { ...response, status: 'completed', output: [item], usage } },
      ],
    ],
  };
}
