import { text as readAll } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { Explanation } from '../core/incident.ts';
import { languageOf } from '../core/text.ts';
import { explainIncident } from '../explain/explain-incident.ts';
import { readFailure } from '../explain/read-failure.ts';
import { recognise } from '../explain/recognise.ts';
import { readErrorBody } from '../providers/error-envelope.ts';
import { errorCatalogues } from '../providers/errors/list.ts';
import { findProvider, providers } from '../providers/list.ts';
import type { Command, CommandIo } from './command.ts';
import { drawExplanation, explanationJson } from './draw-explanation.ts';
import { readExplainInput } from './explain-input.ts';

const OPTIONS = {
  json: { type: 'boolean' },
  provider: { type: 'string' },
  lang: { type: 'string' },
} as const;

/** What an error means: a code, a body, a line from a terminal, or a failure with what was going on around it. */
export const explainCommand: Command = {
  name: 'explain',
  usage: 'CODE|JSON|TEXT|- [--provider ID] [--json] [--lang en|zh]',
  summary: 'what an error of a provider means, what may lie behind it and what helps',
  async run(argv, io) {
    let values: { [name in keyof typeof OPTIONS]?: string | boolean };
    let words: readonly string[];
    try {
      ({ values, positionals: words } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true }));
    } catch (error) {
      return misuse(io, (error as Error).message);
    }
    if (values.lang !== undefined && values.lang !== 'en' && values.lang !== 'zh') {
      return misuse(io, '--lang is one of en, zh.');
    }
    const named = values.provider === undefined ? undefined : String(values.provider);
    if (named !== undefined && !knownIds().includes(named)) {
      return misuse(io, `there is no provider "${named}". Known: ${knownIds().join(', ')}.`);
    }
    const given = words.length === 0 || words.join() === '-' ? await fromStdin(words) : words.join(' ');
    if (given === undefined || given.trim() === '') {
      return misuse(io, 'name a code, a body or a text, or pipe one in with "-".');
    }
    const language = values.lang ?? languageOf(io.env['LC_ALL'] ?? io.env['LC_MESSAGES'] ?? io.env['LANG']);
    const { explanation, providerId, catalogueName } = explain(given, named);
    io.out(
      values.json === true
        ? `${JSON.stringify(explanationJson(explanation, providerId, language), undefined, 2)}\n`
        : drawExplanation(explanation, catalogueName, language),
    );
    return 0;
  },
};

function explain(
  given: string,
  named: string | undefined,
): { explanation: Explanation; providerId: string; catalogueName: string | undefined } {
  const input = readExplainInput(given);
  const now = input.context.now ?? Date.now();
  const asked = named ?? input.providerId;
  const failure = readFailure(
    input.text,
    { readError: readErrorBody, catalogues: errorCatalogues },
    { providerId: asked, status: input.status, now },
  );
  const catalogue = recognise(failure, errorCatalogues)?.catalogue;
  const providerId = asked ?? catalogue?.providerIds[0];
  const name = asked === undefined ? catalogue?.name : findProvider(asked)?.name;
  const context = {
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...(name === undefined || catalogue?.providerIds.length === 0 ? {} : { providerName: name }),
    ...input.context,
    now,
  };
  return {
    explanation: explainIncident(failure, context, errorCatalogues),
    providerId: providerId ?? 'unknown',
    catalogueName: catalogue?.name,
  };
}

/** Undefined where nothing is piped in and nothing was named. */
async function fromStdin(words: readonly string[]): Promise<string | undefined> {
  if (words.length === 0 && process.stdin.isTTY) return undefined;
  return await readAll(process.stdin);
}

function knownIds(): readonly string[] {
  const ids = [...providers.map(({ id }) => id), ...errorCatalogues.flatMap(({ providerIds }) => providerIds)];
  return [...new Set(ids)].toSorted();
}

function misuse(io: CommandIo, message: string): number {
  io.err(`${message} See "planward help".`);
  return 2;
}
