import * as z from 'zod';
import { explainIncident } from '../explain/explain-incident.ts';
import { readFailure } from '../explain/read-failure.ts';
import { recognise } from '../explain/recognise.ts';
import { readErrorBody } from '../providers/error-envelope.ts';
import { errorCatalogues } from '../providers/errors/list.ts';
import { findProvider, providers } from '../providers/list.ts';
import type { ReadOnlyTool } from './tool.ts';

const input = z.object({
  error: z
    .string()
    .min(1)
    .max(50_000)
    .describe('An error code (1302), an error’s JSON body, or the line a terminal showed.'),
  provider: z
    .string()
    .optional()
    .describe(`Id of the provider, where known: ${providers.map(({ id }) => id).join(', ')}.`),
  status: z.number().int().min(100).max(599).optional().describe('HTTP status, where known.'),
});

/** What a provider's error means. Looked up here. */
export const explainErrorTool: ReadOnlyTool = {
  name: 'explain_error',
  title: 'Explain an error',
  says: 'What an error of a model provider means, what may lie behind it, and what helps.',
  description:
    'Explains an error of a model provider from catalogues with sources: what it says, ranked causes with how likely each is, what ' +
    'helps, and whether trying again makes sense. Ask it when a request was refused, above all before retrying one. Nothing is sent.',
  input,
  async answer(given, { now, timeZone }) {
    const { error, provider, status } = input.parse(given);
    if (provider !== undefined && findProvider(provider) === undefined) {
      return `There is no provider "${provider}". Known: ${providers.map(({ id }) => id).join(', ')}.`;
    }
    const failure = readFailure(
      error,
      { readError: readErrorBody, catalogues: errorCatalogues },
      { providerId: provider, status, now: now() },
    );
    const catalogue = recognise(failure, errorCatalogues)?.catalogue;
    const providerName = provider === undefined ? catalogue?.name : findProvider(provider)?.name;
    const context = { timeZone, now: now(), ...(providerName === undefined ? {} : { providerName }) };
    const { code, title, why, causes, remedies, retry, notKnown, sources } = explainIncident(
      failure,
      context,
      errorCatalogues,
    );
    return [
      `${code} · ${title.en}${providerName === undefined ? '' : ` (${providerName})`}`,
      why.en,
      ...causes.map(
        ({ likelihood, name, speaksFor }) =>
          `- ${likelihood}: ${name.en}${speaksFor.length === 0 ? '' : ` (${speaksFor.map(({ en }) => en).join('; ')})`}`,
      ),
      ...(remedies.length === 0 ? [] : [`What helps: ${remedies.map(({ text }) => text.en).join(' ')}`]),
      `Try again? ${retry.text.en}`,
      ...notKnown.map(({ en }) => `Not known: ${en}`),
      ...sources.slice(0, 3).map(({ url, readOn }) => `Source: ${url} (as of ${readOn})`),
    ].join('\n');
  },
};
