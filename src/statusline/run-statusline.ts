import { parseArgs } from 'node:util';
import { findStatusLine } from '../agents/status-lines/list.ts';
import { languageOf } from '../core/text.ts';
import { homeFolder } from '../protocol/home.ts';
import type { StatuslineAsk } from '../protocol/statusline-call.ts';
import { askRelay } from './ask-relay.ts';
import { drawLine } from './draw-line.ts';
import { runTheirs } from './run-theirs.ts';

export interface StatuslineRun {
  readonly argv: readonly string[];
  readonly input: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly userHome: string;
  readonly now: () => number;
  /** Keeps the figures where no relay runs; loaded only then. */
  readonly keepAlone: (home: string, asked: StatuslineAsk, now: number) => Promise<unknown>;
}

const WIDTH = 120;

/** What an agent's status line shows: the user's own lines first, where there are any, then ours. Never throws. */
export async function runStatusline(run: StatuslineRun): Promise<string> {
  const { env, now } = run;
  const { values, positionals } = parseArgs({
    args: [...run.argv],
    options: { home: { type: 'string' }, after: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  });
  const source = findStatusLine(positionals[0]);
  const home = typeof values.home === 'string' ? values.home : homeFolder(env, run.userHome);
  const input = source?.read(parse(run.input));
  const theirs = typeof values.after === 'string' ? runTheirs(values.after, run.input) : Promise.resolve(undefined);
  const asked: StatuslineAsk | undefined =
    source === undefined || input === undefined
      ? undefined
      : {
          agentId: source.agentId,
          providerId: source.providerId,
          sessionId: input.sessionId,
          model: input.modelId,
          limits: input.limits,
        };
  const says = asked === undefined ? undefined : await askRelay(home, asked);
  if (says === undefined && asked !== undefined) await run.keepAlone(home, asked, now());
  const own = await theirs;
  const line = drawLine(input, says, {
    now: now(),
    colour: (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb',
    width: Number(env['COLUMNS']) || WIDTH,
    language: languageOf(env['LC_ALL'] ?? env['LANG']),
    whole: own === undefined,
  });
  return [own, line].filter((part) => part !== undefined && part !== '').join('\n');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
