// dist/hook-alone.cjs: judging without a relay. Apart from hook.cjs, which would take a third longer to load with it.
import { createRequire } from 'node:module';
import type { JudgeAsk, JudgeSays } from '../protocol/judge-call.ts';
import { judgeAlone } from './judge-alone.ts';
import { openPackedJudge } from './model-file.ts';
import type * as Packs from './packs.ts';

/** `folder`: where `scope-model.bin` and `hook-packs.cjs` lie. Throws where the first is missing or damaged. */
export function alone(folder: string, home: string, asked: JudgeAsk, now: number): JudgeSays {
  return judgeAlone(home, asked, now, {
    openJudge: () => openPackedJudge(`${folder}/scope-model.bin`),
    ownPacks: (paths) => (createRequire(`${folder}/`)('./hook-packs.cjs') as typeof Packs).ownPacks(home, paths),
  });
}
