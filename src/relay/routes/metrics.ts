import { CONTROL } from '../../protocol/control.ts';
import { METRICS_TYPE, writeMetrics } from '../metrics-text.ts';
import type { ControlRoute } from './route.ts';

export const metricsRoute: ControlRoute = {
  method: 'GET',
  path: CONTROL.metrics,
  answer: (_ask, deps) => ({ status: 200, text: writeMetrics(deps.snapshot()), type: METRICS_TYPE }),
};
