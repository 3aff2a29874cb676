import { CONTROL } from '../../protocol/control.ts';
import { ok, type ControlRoute } from './route.ts';

export const snapshotRoute: ControlRoute = {
  method: 'GET',
  path: CONTROL.snapshot,
  answer: (_ask, deps) => ok(deps.snapshot()),
};
