import { parseArgs } from 'node:util';
import { fetchSnapshot, patchSettings } from '../client/call-relay.ts';
import { findRelay } from '../client/find-relay.ts';
import { homeFolder } from '../protocol/home.ts';
import type { Command } from './command.ts';
import { misuse } from './misuse.ts';

/** Switches the reading of agents' own files on and off, and says how far it is. */
export const transcriptsCommand: Command = {
  name: 'transcripts',
  usage: '[on|off|turns] [--home DIR]',
  summary:
    'whether the relay also reads the files in which agents write down what they used: figures; with "turns", what you asked is judged too',
  async run(argv, io) {
    let home: string | undefined;
    let words: readonly string[];
    try {
      const parsed = parseArgs({ args: [...argv], options: { home: { type: 'string' } }, allowPositionals: true });
      home = parsed.values.home;
      words = parsed.positionals;
    } catch (error) {
      return misuse(io, (error as Error).message);
    }
    const [word] = words;
    if (words.length > 1 || (word !== undefined && !['on', 'off', 'turns'].includes(word)))
      return misuse(io, 'say on, off or turns.');
    const found = await findRelay(home ?? homeFolder(io.env, io.userHome));
    if (!found.ok) {
      io.err(`${found.message} Start one with: planward relay`);
      return 1;
    }
    if (word !== undefined) {
      const patched = await patchSettings(found.endpoint, {
        transcripts: word === 'on' ? 'usage' : word === 'turns' ? 'turns' : 'off',
      });
      if (!patched.ok) {
        io.err(patched.message);
        return 1;
      }
    }
    const status = await fetchSnapshot(found.endpoint);
    if (!status.ok) {
      io.err(status.message);
      return 1;
    }
    const files = status.value.turnFiles;
    if (files === undefined || files.state === 'off') {
      io.out('Agents’ own files are not read. Switch it on with: planward transcripts on\n');
      return 0;
    }
    const share = files.bytes === 0 ? 100 : Math.floor((100 * files.bytesRead) / files.bytes);
    const progress = files.state === 'reading' ? `reading, ${share}% of ${megabytes(files.bytes)}` : 'all read';
    io.out(
      `${files.files} files of agents: ${progress}. ${files.turns} turns only they tell of, ${files.matched} the relay carried too.\n`,
    );
    return 0;
  },
};

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
