import * as z from 'zod';
import { CONTROL } from '../../protocol/control.ts';
import { answerHoldSchema } from '../../protocol/hold.ts';
import { ok, refused, type ControlRoute } from './route.ts';

export const holdRoute: ControlRoute = {
  method: 'POST',
  path: CONTROL.hold,
  answer({ body }, deps) {
    const parsed = answerHoldSchema.safeParse(body);
    if (!parsed.success) return refused(400, 'bad-hold', z.prettifyError(parsed.error));
    return ok({ ok: deps.answerHold(parsed.data.id, parsed.data.answer) });
  },
};
