import { kiloCode } from '../kilo-code.ts';
import { openCodeHook } from './opencode-plugin.ts';

export const kiloCodeHook = openCodeHook({
  agentId: 'kilo-code',
  files: (places) => kiloCode.connection!.files(places),
  notes: ['Start Kilo again; in VS Code run "Developer: Reload Window", so that its server loads the plugin.'],
});
