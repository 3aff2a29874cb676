import * as z from 'zod';
import { CONTROL } from '../../protocol/control.ts';
import { turnsQuerySchema } from '../../protocol/transcript.ts';
import { ok, refused, type ControlRoute } from './route.ts';

export const turnsRoute: ControlRoute = {
  method: 'GET',
  path: CONTROL.turns,
  answer({ query }, deps) {
    const parsed = turnsQuerySchema.safeParse(query);
    if (!parsed.success) return refused(400, 'bad-transcript', z.prettifyError(parsed.error));
    const transcript = deps.transcript(parsed.data.id);
    return transcript === undefined
      ? refused(
          404,
          'unknown-transcript',
          'There is no such session any more: only the newest ones are kept, in memory.',
        )
      : ok(transcript);
  },
};
