import * as z from 'zod';
import { CONTROL } from '../../protocol/control.ts';
import { historyQuerySchema } from '../../protocol/history.ts';
import { ok, refused, type ControlRoute } from './route.ts';

export const historyRoute: ControlRoute = {
  method: 'GET',
  path: CONTROL.history,
  async answer({ query }, deps) {
    const parsed = historyQuerySchema.safeParse(query);
    if (!parsed.success) return refused(400, 'bad-span', z.prettifyError(parsed.error));
    const made = await deps.history(parsed.data);
    if (made.ok) return ok(made.history);
    return made.reason === 'unknown-account'
      ? refused(404, 'unknown-account', 'No such account was seen.')
      : refused(503, 'ledger-off', 'The ledger cannot be read now; the notices of "planward status" say why.');
  },
};
