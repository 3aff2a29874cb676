import { readFileSync } from 'node:fs';
import { keepAlone } from '../statusline/keep-alone.ts';
import { runStatusline } from '../statusline/run-statusline.ts';
import type { Command } from './command.ts';

/** The same as `dist/statusline.cjs`, which agents run since it starts faster. */
export const statuslineCommand: Command = {
  name: 'statusline',
  paints: true,
  usage: '[AGENT] [--after COMMAND] [--home DIR]',
  summary: 'what an agent’s status line runs: reads its JSON on stdin, keeps the plan’s figures, prints one line',
  async run(argv, io) {
    const line = await runStatusline({
      argv,
      input: readInput(),
      env: io.env,
      userHome: io.userHome,
      now: Date.now,
      keepAlone: (home, asked, now) => Promise.resolve(keepAlone(home, asked, now)),
    });
    if (line !== '') io.out(`${line}\n`);
    return 0;
  },
};

function readInput(): string {
  try {
    return readFileSync(0, 'utf8');
  } catch {
    return '';
  }
}
