import type { Places } from '../../core/connection.ts';
import type { Written } from '../../core/seen-turn.ts';
import type { TranscriptSource, WrittenRow } from '../../core/transcript-source.ts';
import { variable } from '../config-folder.ts';
import { asRecord } from '../conversation.ts';
import { instantIn, parseObject, textOf, tokens, usageOf } from './figures.ts';
import { providerOfCatalogue, providerOfModel } from './model-provider.ts';

/** OpenCode and its fork keep each message as JSON in a row of `message` (read in a database that kilo 7.7.7 wrote). */
function openCodeFamily(folder: string, files: readonly string[], own: string): TranscriptSource {
  return {
    kind: 'table',
    files(places) {
      const named = variable(places, own);
      if (named !== undefined) return [named];
      return files.map((name) => `${dataFolder(places)}/${folder}/${name}`);
    },
    table: 'message',
    read: readRow,
    providerOf: (provider, model) => providerOfCatalogue(provider) ?? providerOfModel(model),
    blind: [
      'Titles and summaries are not in its database.',
      'It does not write down the provider’s id of an answer: such turns are told from the relay’s by agent, tokens and time.',
    ],
  };
}

export const openCodeTranscript = openCodeFamily('opencode', ['opencode.db'], 'OPENCODE_DB');
export const kiloCodeTranscript = openCodeFamily('kilo', ['kilo.db'], 'KILO_DB');

function dataFolder(places: Places): string {
  return variable(places, 'XDG_DATA_HOME') ?? `${places.userHome}/.local/share`;
}

function readRow({ id, sessionId, data }: WrittenRow): readonly Written[] {
  const message = parseObject(data);
  if (message === undefined || message['role'] !== 'assistant') return [];
  const time = asRecord(message['time']);
  const created = instantIn(time['created']);
  const completed = instantIn(time['completed']);
  // Until it is complete its tokens are those of the last step, or none.
  if (created === undefined || completed === undefined) return [];
  const said = asRecord(message['tokens']);
  const cache = asRecord(said['cache']);
  const cacheReadTokens = tokens(cache['read']);
  const cacheWriteTokens = tokens(cache['write']);
  const reasoningTokens = tokens(said['reasoning']);
  const input = tokens(said['input']) + cacheReadTokens + cacheWriteTokens;
  const usage = usageOf({
    inputTokens: input,
    cacheReadTokens,
    cacheWriteTokens,
    outputTokens: outputOf(said, input),
    reasoningTokens,
  });
  if (usage === undefined) return [];
  return [
    {
      kind: 'turn',
      turn: {
        id,
        at: completed,
        startedAt: created,
        model: textOf(message['modelID']),
        provider: textOf(message['providerID']),
        usage,
        responseId: undefined,
        sessionId,
        folder: textOf(asRecord(message['path'])['cwd']),
        kind: message['mode'] === 'compaction' || message['summary'] === true ? 'overhead' : 'main',
      },
    },
  ];
}

/** With the reasoning: `total` tells whether `output` has it already. */
function outputOf(said: Readonly<Record<string, unknown>>, input: number): number {
  const output = tokens(said['output']);
  const total = tokens(said['total']);
  return total > input ? total - input : output + tokens(said['reasoning']);
}
