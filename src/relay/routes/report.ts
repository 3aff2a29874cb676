import * as z from 'zod';
import { CONTROL } from '../../protocol/control.ts';
import { reportQuerySchema } from '../../protocol/report.ts';
import { ok, refused, type ControlRoute } from './route.ts';

export const reportRoute: ControlRoute = {
  method: 'GET',
  path: CONTROL.report,
  async answer({ query }, deps) {
    const parsed = reportQuerySchema.safeParse(query);
    if (!parsed.success) return refused(400, 'bad-span', z.prettifyError(parsed.error));
    const made = await deps.report(parsed.data.since);
    return made === undefined
      ? refused(503, 'ledger-off', 'The ledger cannot be read now; the notices of "planward status" say why.')
      : ok(made);
  },
};
