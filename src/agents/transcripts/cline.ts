import type { TranscriptSource } from '../../core/transcript-source.ts';
import type { Written } from '../../core/seen-turn.ts';
import { variable } from '../config-folder.ts';
import { asList, asRecord } from '../conversation.ts';
import { instantIn, parseObject, textOf, tokens, usageOf } from './figures.ts';
import { providerOfCatalogue, providerOfModel } from './model-provider.ts';

/** Cline's `sessions/<id>/<id>.messages.json`, written anew at every message (read in files that 3.0.65 wrote). */
export const clineTranscript: TranscriptSource = {
  kind: 'whole',
  folders(places) {
    const root = variable(places, 'CLINE_DIR') ?? `${places.userHome}/.cline`;
    return [`${variable(places, 'CLINE_DATA_DIR') ?? `${root}/data`}/sessions`];
  },
  matches: (name) => name.endsWith('.messages.json'),
  read(text) {
    const file = parseObject(text);
    const sessionId = textOf(file?.['sessionId']);
    const helper = file?.['agent'] !== undefined && file['agent'] !== 'lead';
    return asList(file?.['messages']).flatMap((entry) => readMessage(asRecord(entry), sessionId, helper));
  },
  providerOf: (provider, model) => providerOfCatalogue(provider) ?? providerOfModel(model),
  blind: [
    'Cline writes a session’s file anew at every message, so a changed file is read as a whole.',
    'It does not write down the provider’s id of an answer: such turns are told from the relay’s by agent, tokens and time.',
  ],
};

function readMessage(
  message: Readonly<Record<string, unknown>>,
  sessionId: string | undefined,
  helper: boolean,
): readonly Written[] {
  const { id, role } = message;
  const at = instantIn(message['ts']);
  const said = asRecord(message['metrics']);
  if (role !== 'assistant' || typeof id !== 'string' || at === undefined) return [];
  const cacheReadTokens = tokens(said['cacheReadTokens']);
  const cacheWriteTokens = tokens(said['cacheWriteTokens']);
  const input = tokens(said['inputTokens']);
  const usage = usageOf({
    // It tells the whole input; a smaller figure can only be one without the cached part.
    inputTokens: input < cacheReadTokens + cacheWriteTokens ? input + cacheReadTokens + cacheWriteTokens : input,
    cacheReadTokens,
    cacheWriteTokens,
    outputTokens: tokens(said['outputTokens']),
    reasoningTokens: 0,
  });
  if (usage === undefined) return [];
  const model = asRecord(message['modelInfo']);
  return [
    {
      kind: 'turn',
      turn: {
        id: `${sessionId ?? ''}:${id}`,
        at,
        startedAt: undefined,
        model: textOf(model['id']),
        provider: textOf(model['provider']),
        usage,
        responseId: undefined,
        sessionId,
        folder: undefined,
        kind: helper ? 'sub-agent' : 'main',
      },
    },
  ];
}
