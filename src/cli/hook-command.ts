import { text as readAll } from 'node:stream/consumers';
import { agentHooks } from '../agents/hooks/list.ts';
import { judgeAlone } from '../hook/judge-alone.ts';
import { runHook } from '../hook/run-hook.ts';
import { readUserPacks } from '../packs/user-packs.ts';
import { openJudge } from '../scope/open-judge.ts';
import type { Command } from './command.ts';

/** The same answer as the installed hook program gives, by hand. Whatever goes wrong lets the prompt through. */
export const hookCommand: Command = {
  name: 'hook',
  usage: `${agentHooks.map(({ agentId }) => agentId).join('|')} [--provider ID] [--home DIR]`,
  summary: 'answer an agent’s own prompt hook: its JSON on stdin, its answer on stdout, exit 0',
  async run(argv, io) {
    io.out(
      await runHook({
        argv,
        input: await readAll(process.stdin),
        env: io.env,
        userHome: io.userHome,
        now: Date.now,
        alone: (home, asked, now) =>
          judgeAlone(home, asked, now, { openJudge, ownPacks: (paths) => readUserPacks(home, paths).packs }),
      }),
    );
    return 0;
  },
};
