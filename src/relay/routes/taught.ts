import * as z from 'zod';
import { CONTROL, forgetSchema } from '../../protocol/control.ts';
import { ok, refused, type ControlRoute } from './route.ts';

export const readTaughtRoute: ControlRoute = {
  method: 'GET',
  path: CONTROL.taught,
  answer: (_ask, deps) => ok({ prompts: deps.taught() }),
};

export const forgetTaughtRoute: ControlRoute = {
  method: 'POST',
  path: CONTROL.taught,
  answer({ body }, deps) {
    const parsed = forgetSchema.safeParse(body);
    if (!parsed.success) return refused(400, 'bad-ids', z.prettifyError(parsed.error));
    return ok({ forgotten: deps.forget(parsed.data.forget) });
  },
};
