import * as z from 'zod';
import { CONTROL, succeedSchema } from '../../protocol/control.ts';
import { ok, refused, type ControlRoute } from './route.ts';

export const succeedRoute: ControlRoute = {
  method: 'POST',
  path: CONTROL.succeed,
  async answer({ body }, deps) {
    const parsed = succeedSchema.safeParse(body);
    if (!parsed.success) return refused(400, 'bad-version', z.prettifyError(parsed.error));
    const result = await deps.succeed(parsed.data.version);
    if (!result.ok) return refused(409, 'not-succeeded', result.message);
    return { ...ok({ ok: true, pid: result.pid }), afterwards: deps.letGo } as const;
  },
};
