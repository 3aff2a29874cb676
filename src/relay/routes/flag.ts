import * as z from 'zod';
import { CONTROL, settleFlagSchema } from '../../protocol/control.ts';
import { ok, refused, type ControlRoute } from './route.ts';

export const flagRoute: ControlRoute = {
  method: 'POST',
  path: CONTROL.flag,
  answer({ body }, deps) {
    const parsed = settleFlagSchema.safeParse(body);
    if (!parsed.success) return refused(400, 'bad-flag', z.prettifyError(parsed.error));
    return ok({ ok: deps.settleFlag(parsed.data.id, parsed.data.action, parsed.data.reason) });
  },
};
