// dist/hook-alone.cjs: judging without a relay. Apart from hook.cjs, which would take a third longer to load with it.
import type { JudgeAsk, JudgeSays } from '../protocol/judge-call.ts';
import { judgeAlone } from './judge-alone.ts';
import { openPackedJudge } from './model-file.ts';

/** `folder`: where `scope-model.bin` lies. Throws where that is missing or damaged. */
export function alone(folder: string, home: string, asked: JudgeAsk, now: number): JudgeSays {
  return judgeAlone(home, asked, now, () => openPackedJudge(`${folder}/scope-model.bin`));
}
