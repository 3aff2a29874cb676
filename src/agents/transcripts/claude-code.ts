import type { TranscriptSource } from '../../core/transcript-source.ts';
import type { Written, WrittenPrompt } from '../../core/seen-turn.ts';
import { variable } from '../config-folder.ts';
import { asRecord } from '../conversation.ts';
import { claudeCodeHook } from '../hooks/claude-code.ts';
import { instantOf, parseObject, textOf, tokens, usageOf } from './figures.ts';
import { providerOfModel } from './model-provider.ts';

/**
 * Claude Code's `projects/<folder>/<session>.jsonl` (read in files that 2.1.330 wrote). One answer stands in several lines,
 * one per content block, each with the usage so far; resumed sessions repeat lines of earlier files.
 */
export const claudeCodeTranscript: TranscriptSource = {
  kind: 'lines',
  folders(places) {
    const own = variable(places, 'CLAUDE_CONFIG_DIR');
    // Some versions keep them under the XDG folder.
    const homes = own === undefined ? [`${places.userHome}/.claude`, `${places.userHome}/.config/claude`] : [own];
    return homes.map((home) => `${home}/projects`);
  },
  matches: (name) => name.endsWith('.jsonl'),
  telling: ['"usage":'],
  createReader: () => ({ line: readLine, state: () => undefined }),
  prompts: { telling: ['"type":"user"'], read: readPromptLine },
  providerOf: (_provider, model) => providerOfModel(model),
  blind: [
    'Titles and other side requests of Claude Code are not in its files.',
    'Its files name neither the account nor the address: both are taken from what was seen of the agent otherwise, or from the model’s name.',
  ],
};

function readLine(text: string): readonly Written[] {
  const line = parseObject(text);
  if (line === undefined || line['type'] !== 'assistant' || line['isApiErrorMessage'] === true) return [];
  const message = asRecord(line['message']);
  const id = textOf(message['id']);
  const at = instantOf(line['timestamp']);
  const model = textOf(message['model']);
  if (id === undefined || at === undefined || model === '<synthetic>') return [];
  const said = asRecord(message['usage']);
  const cacheReadTokens = tokens(said['cache_read_input_tokens']);
  const cacheWriteTokens = tokens(said['cache_creation_input_tokens']);
  const usage = usageOf({
    inputTokens: tokens(said['input_tokens']) + cacheReadTokens + cacheWriteTokens,
    cacheReadTokens,
    cacheWriteTokens,
    outputTokens: tokens(said['output_tokens']),
    reasoningTokens: tokens(asRecord(said['output_tokens_details'])['thinking_tokens']),
  });
  if (usage === undefined) return [];
  const request = textOf(line['requestId']) ?? textOf(line['requestRef']);
  return [
    {
      kind: 'turn',
      turn: {
        id: request === undefined ? id : `${id}:${request}`,
        at,
        startedAt: undefined,
        model,
        provider: undefined,
        usage,
        responseId: id,
        sessionId: textOf(line['sessionId']),
        folder: textOf(line['cwd']),
        kind: line['isSidechain'] === true ? 'sub-agent' : 'main',
      },
    },
  ];
}

/** Lines of the type `user` also hold results of tools, summaries, and what the program puts in itself. */
function readPromptLine(text: string): WrittenPrompt | undefined {
  const line = parseObject(text);
  if (line?.['type'] !== 'user' || line['isMeta'] === true || line['isSidechain'] === true) return undefined;
  if (line['isCompactSummary'] === true || line['toolUseResult'] !== undefined) return undefined;
  const at = instantOf(line['timestamp']);
  const sessionId = textOf(line['sessionId']);
  const { content } = asRecord(line['message']);
  const blocks =
    typeof content === 'string' ? [{ type: 'text', text: content }] : Array.isArray(content) ? content : [];
  if (blocks.some((block) => asRecord(block)['type'] === 'tool_result')) return undefined;
  const words = blocks.flatMap((block) => textOf(asRecord(block)['text']) ?? []).join('\n\n');
  // The same words come to the hook, whose rules tell what a person typed.
  const read = claudeCodeHook.read({ hook_event_name: 'UserPromptSubmit', prompt: words }, {});
  if (at === undefined || sessionId === undefined || read === undefined || read.text.trim() === '') return undefined;
  if (read.kind === 'side' || read.kind === 'sub-agent') return undefined;
  return { at, sessionId, text: read.text, scheduled: read.kind === 'scheduled' };
}
