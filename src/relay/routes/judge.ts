import * as z from 'zod';
import { JUDGE_PATH } from '../../protocol/judge-call.ts';
import { judgeAskSchema } from '../../protocol/judge.ts';
import { ok, refused, type ControlRoute } from './route.ts';

export const judgeRoute: ControlRoute = {
  method: 'POST',
  path: JUDGE_PATH,
  answer({ body }, deps) {
    const parsed = judgeAskSchema.safeParse(body);
    return parsed.success ? ok(deps.judge(parsed.data)) : refused(400, 'bad-prompt', z.prettifyError(parsed.error));
  },
};
