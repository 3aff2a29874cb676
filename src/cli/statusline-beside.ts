import { createRequire } from 'node:module';
import type { Command } from './command.ts';

const load = createRequire(import.meta.url);

/** `statusline-command.ts` as it is bundled: the program beside is run in its place, which holds the ledger already. */
export const statuslineCommand: Command = {
  name: 'statusline',
  paints: true,
  usage: '[AGENT] [--after COMMAND] [--home DIR]',
  summary: 'what an agent’s status line runs: reads its JSON on stdin, keeps the plan’s figures, prints one line',
  run(argv) {
    // It would lie beside the program, which is not ours to write to.
    process.env['NODE_DISABLE_COMPILE_CACHE'] = '1';
    process.argv.splice(2, process.argv.length, ...argv);
    load('./statusline.cjs');
    // It ends the process once the line is out.
    return new Promise(() => {});
  },
};
