import * as z from 'zod';
import { STATUSLINE_PATH } from '../../protocol/statusline-call.ts';
import { statuslineAskSchema } from '../../protocol/statusline.ts';
import { ok, refused, type ControlRoute } from './route.ts';

export const statuslineRoute: ControlRoute = {
  method: 'POST',
  path: STATUSLINE_PATH,
  answer({ body }, deps) {
    const parsed = statuslineAskSchema.safeParse(body);
    return parsed.success
      ? ok(deps.statusline(parsed.data))
      : refused(400, 'bad-statusline', z.prettifyError(parsed.error));
  },
};
