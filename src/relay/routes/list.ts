import { drainRoute } from './drain.ts';
import { exchangesRoute } from './exchanges.ts';
import { flagRoute } from './flag.ts';
import { historyRoute } from './history.ts';
import { holdRoute } from './hold.ts';
import { judgeRoute } from './judge.ts';
import { liftRoute } from './lift.ts';
import { metricsRoute } from './metrics.ts';
import { reportRoute } from './report.ts';
import type { ControlRoute } from './route.ts';
import { patchSettingsRoute, readSettingsRoute } from './settings.ts';
import { snapshotRoute } from './snapshot.ts';
import { statuslineRoute } from './statusline.ts';
import { succeedRoute } from './succeed.ts';
import { forgetTaughtRoute, readTaughtRoute } from './taught.ts';
import { turnsRoute } from './turns.ts';

/** The control API but for `events`, which is a stream. */
export const controlRoutes: readonly ControlRoute[] = [
  snapshotRoute,
  reportRoute,
  historyRoute,
  exchangesRoute,
  metricsRoute,
  readSettingsRoute,
  patchSettingsRoute,
  liftRoute,
  flagRoute,
  holdRoute,
  turnsRoute,
  judgeRoute,
  statuslineRoute,
  readTaughtRoute,
  forgetTaughtRoute,
  drainRoute,
  succeedRoute,
];
