import * as z from 'zod';
import { CONTROL } from '../../protocol/control.ts';
import { relaySettingsPatchSchema } from '../../protocol/relay-settings.ts';
import { ok, refused, type ControlRoute } from './route.ts';

export const readSettingsRoute: ControlRoute = {
  method: 'GET',
  path: CONTROL.settings,
  answer: (_ask, deps) => ok(deps.settings()),
};

export const patchSettingsRoute: ControlRoute = {
  method: 'PATCH',
  path: CONTROL.settings,
  answer({ body }, deps) {
    if (body === undefined) return refused(400, 'bad-settings', 'The body is not JSON, or too long.');
    const parsed = relaySettingsPatchSchema.safeParse(body);
    if (!parsed.success) return refused(400, 'bad-settings', z.prettifyError(parsed.error));
    const patched = deps.patchSettings(parsed.data);
    return patched.ok ? ok(deps.settings()) : refused(400, 'bad-settings', patched.message);
  },
};
