import { parseArgs } from 'node:util';
import { agents } from '../agents/list.ts';
import { openJournal } from '../connect/journal.ts';
import { withoutAgents } from '../connect/routed-agents.ts';
import { findShellAddresses } from '../connect/shell-files.ts';
import { homeFolder } from '../protocol/home.ts';
import type { Command, CommandIo } from './command.ts';
import { putBack, putBackStrays, type PutBack } from './put-back.ts';
import { misuse } from './misuse.ts';
import { placesOf } from './places.ts';
import { changeRouted } from './routed.ts';

const OPTIONS = {
  all: { type: 'boolean' },
  hooks: { type: 'boolean' },
  statusline: { type: 'boolean' },
  'our-keys': { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  home: { type: 'string' },
} as const;

type Values = { [name in keyof typeof OPTIONS]?: string | boolean };

/** Takes an agent back to its direct connection, or all of them. */
export const disconnectCommand: Command = {
  name: 'disconnect',
  usage: 'AGENT|--all [--hooks] [--statusline] [--our-keys] [--dry-run] [--home DIR]',
  summary:
    'put an agent’s files back as they were; --all restores every direct connection; --hooks and --statusline take only those away',
  async run(argv, io) {
    let values: Values;
    let names: readonly string[];
    try {
      ({ values, positionals: names } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true }));
    } catch (error) {
      return misuse(io, (error as Error).message);
    }
    const all = values.all === true;
    if (names.length !== (all ? 0 : 1)) return misuse(io, 'name one agent, or say --all.');
    const chosen = all ? agents : agents.filter(({ id }) => id === names[0]);
    if (chosen.length === 0) {
      return misuse(io, `there is no agent "${names[0]}". Agents: ${agents.map(({ id }) => id).join(', ')}.`);
    }
    const home = String(values.home ?? homeFolder(io.env, io.userHome));
    const ids = all ? undefined : chosen.map(({ id }) => id);
    return restore(chosen, ids, home, values, io);
  },
};

async function restore(
  chosen: typeof agents,
  ids: readonly string[] | undefined,
  home: string,
  values: Values,
  io: CommandIo,
): Promise<number> {
  const dryRun = values['dry-run'] === true;
  const options = { home, dryRun, ourKeys: values['our-keys'] === true || values.all === true };
  const only = ['hooks', 'statusline'].filter((what) => values[what as 'hooks' | 'statusline'] === true);
  const done: PutBack[] = [];
  try {
    for (const connected of openJournal(home).open()) {
      if (ids !== undefined && !ids.includes(connected.agentId)) continue;
      if (only.length > 0 && !only.includes(connected.what ?? '')) continue;
      // A second connection of the same file stands on the first: once one is kept, those below it are kept too.
      if (done.some(({ path, ok }) => !ok && path === connected.path)) continue;
      // A hook's own entry is all that is ever taken out for it.
      const ours = connected.what !== undefined ? { ...options, ourKeys: true } : options;
      done.push(await putBack(connected, ours, io));
    }
  } catch (error) {
    io.err(`the journal in ${home} cannot be read: ${(error as Error).message}`);
  }
  const kept = new Set(done.filter(({ ok }) => !ok).map(({ agentId }) => agentId));
  for (const agent of chosen) {
    if (only.length === 0 && !kept.has(agent.id)) done.push(...putBackStrays(agent, placesOf(io), options, io));
  }
  const failed = done.some(({ ok }) => !ok);
  if (values.all === true) {
    for (const { file, line, url } of findShellAddresses(agents, placesOf(io))) {
      io.out(`${file}:${line} still names ${url}: remove that line by hand.\n`);
    }
  }
  if (done.length === 0) io.out(ids === undefined ? 'No agent is connected.\n' : `${ids.join()} is not connected.\n`);
  if (!dryRun && only.length === 0) {
    const gone = [...new Set([...(ids ?? []), ...done.map(({ agentId }) => agentId)])].filter((id) => !kept.has(id));
    const routed = await changeRouted(home, withoutAgents(gone));
    if (!routed.ok) io.err(`the relay was not told: ${routed.message}`);
  }
  return failed ? 1 : 0;
}
