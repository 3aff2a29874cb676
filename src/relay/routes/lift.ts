import * as z from 'zod';
import { CONTROL, liftSchema } from '../../protocol/control.ts';
import { ok, refused, type ControlRoute } from './route.ts';

export const liftRoute: ControlRoute = {
  method: 'POST',
  path: CONTROL.lift,
  answer({ body }, deps) {
    const parsed = liftSchema.safeParse(body);
    if (!parsed.success) return refused(400, 'bad-key', z.prettifyError(parsed.error));
    return ok({ ok: deps.lift(parsed.data) });
  },
};
