import { CONTROL } from '../../protocol/control.ts';
import type { ControlRoute } from './route.ts';

export const drainRoute: ControlRoute = {
  method: 'POST',
  path: CONTROL.drain,
  answer: (_ask, deps) => ({ status: 200, json: { ok: true }, afterwards: deps.drain }),
};
