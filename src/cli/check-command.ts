import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { PolicyPack } from '../core/policy-pack.ts';
import { readUserPacks } from '../packs/user-packs.ts';
import { DEFAULT_PROVIDER } from '../policies/default-provider.ts';
import { packFor, packs } from '../policies/list.ts';
import { homeFolder } from '../protocol/home.ts';
import type { JudgeOptions } from '../scope/judge.ts';
import { openJudge } from '../scope/open-judge.ts';
import { checkFile, drawFiles, type CheckedFile } from './check-files.ts';
import { checkLines } from './check-lines.ts';
import type { Command, CommandIo } from './command.ts';

/** More than any prompt file; a larger one is named and not read. */
const MOST_BYTES = 16_000_000;

const OPTIONS = {
  jsonl: { type: 'boolean' },
  json: { type: 'boolean' },
  provider: { type: 'string' },
  sensitivity: { type: 'string' },
  prior: { type: 'string' },
  packs: { type: 'string' },
  home: { type: 'string' },
} as const;

/** Scope verdicts for prompt files, for a text on stdin, or for JSONL on stdin. */
export const checkCommand: Command = {
  name: 'check',
  usage:
    '[FILE…] [--jsonl] [--provider ID] [--json] [--sensitivity low|normal|high] [--prior LOGODDS] [--packs FILE,…]',
  summary: 'whether prompts stay inside the plan’s terms; exit 1 where one does not',
  async run(argv, io) {
    let values: { [name in keyof typeof OPTIONS]?: string | boolean };
    let files: readonly string[];
    try {
      ({ values, positionals: files } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true }));
    } catch (error) {
      return misuse(io, (error as Error).message);
    }
    const provider = String(values.provider ?? DEFAULT_PROVIDER);
    const home = String(values.home ?? homeFolder(io.env, io.userHome));
    const named = typeof values.packs === 'string' ? values.packs.split(',') : [];
    const { packs: own, troubles } = readUserPacks(
      home,
      named.map((path) => resolve(path)),
    );
    for (const { file, message } of troubles) io.err(`policy pack ${file} is left out: ${message}`);
    const pack = packFor(provider, own);
    if (pack === undefined) {
      const known = packs.flatMap(({ providers }) => providers).join(', ');
      return misuse(io, `no policy pack speaks for "${provider}". Known: ${known}.`);
    }
    const sensitivity = values.sensitivity ?? 'normal';
    if (sensitivity !== 'low' && sensitivity !== 'normal' && sensitivity !== 'high') {
      return misuse(io, 'sensitivity is one of low, normal, high.');
    }
    const prior = Number(values.prior ?? 0);
    if (!Number.isFinite(prior) || Math.abs(prior) > 5) return misuse(io, 'prior is a number from -5 to 5.');
    const options: JudgeOptions = {
      now: Date.now(),
      sensitivity,
      ...(prior === 0 ? {} : { prior }),
      ...(pack.providers.includes(provider) ? { providerId: provider } : {}),
    };
    if (values.jsonl === true) {
      if (files.length > 0) return misuse(io, '--jsonl reads stdin and takes no files.');
      return (await checkLines(process.stdin, pack, options, io)) ? 0 : 2;
    }
    return await checkFiles(files.length === 0 ? ['-'] : files, pack, options, values.json === true, io);
  },
};

async function checkFiles(
  names: readonly string[],
  pack: PolicyPack,
  options: JudgeOptions,
  json: boolean,
  io: CommandIo,
): Promise<number> {
  const judge = openJudge();
  const checked: CheckedFile[] = [];
  let unread = false;
  for (const name of names) {
    try {
      if (name !== '-' && statSync(name).size > MOST_BYTES) throw new Error('it is larger than 16 MB');
      const content = name === '-' ? await readAll(process.stdin) : readFileSync(name, 'utf8');
      checked.push(checkFile(name, content, judge, pack, options));
    } catch (error) {
      io.err(`${name} could not be read: ${(error as Error).message}`);
      unread = true;
    }
  }
  const summary = { schema: 'planward.check.v1', pack: pack.id, packVersion: pack.version, files: checked };
  io.out(json ? `${JSON.stringify(summary, undefined, 2)}\n` : drawFiles(checked, pack, options));
  if (checked.some(({ prompts }) => prompts.some(({ decision }) => decision === 'out-of-scope'))) return 1;
  return unread ? 2 : 0;
}

function misuse(io: CommandIo, message: string): number {
  io.err(`${message} See "planward help".`);
  return 2;
}
