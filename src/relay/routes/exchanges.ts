import * as z from 'zod';
import { CONTROL } from '../../protocol/control.ts';
import { exchangesQuerySchema } from '../../protocol/exchanges.ts';
import { ok, refused, type ControlRoute } from './route.ts';

export const exchangesRoute: ControlRoute = {
  method: 'GET',
  path: CONTROL.exchanges,
  async answer({ query }, deps) {
    const parsed = exchangesQuerySchema.safeParse(query);
    if (!parsed.success) return refused(400, 'bad-span', z.prettifyError(parsed.error));
    const page = await deps.exchanges(parsed.data);
    return page === undefined
      ? refused(503, 'ledger-off', 'The ledger cannot be read now; the notices of "planward status" say why.')
      : ok(page);
  },
};
